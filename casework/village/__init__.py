"""Villages and the people who carry questions between a WeChat group and the account.

An official account cannot be a member of a group, so an admin copies in and pastes back.
Everything here is a rule on values: no I/O, no clock, no random of its own.
"""
