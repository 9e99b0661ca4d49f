"""Every sentence a resident can read, apart from the entries' own, in one place to proofread.

Short sentences, what matters first, and always what to send next.
"""

from handlers.wording.answers import (
    AFTER_ANSWER as AFTER_ANSWER,
)
from handlers.wording.answers import (
    DANGER_AFTER as DANGER_AFTER,
)
from handlers.wording.answers import (
    DANGER_SELF as DANGER_SELF,
)
from handlers.wording.answers import (
    EXPIRED as EXPIRED,
)
from handlers.wording.answers import (
    IF_NOT_HELPED as IF_NOT_HELPED,
)
from handlers.wording.answers import (
    NOTHING_ANSWERED as NOTHING_ANSWERED,
)
from handlers.wording.answers import (
    ONLINE as ONLINE,
)
from handlers.wording.answers import (
    USEFUL as USEFUL,
)
from handlers.wording.answers import (
    WHOLE_ANSWER as WHOLE_ANSWER,
)
from handlers.wording.answers import (
    apply_for_document as apply_for_document,
)
from handlers.wording.answers import (
    bundle_steps as bundle_steps,
)
from handlers.wording.answers import (
    by_number as by_number,
)
from handlers.wording.answers import (
    danger as danger,
)
from handlers.wording.answers import (
    further as further,
)
from handlers.wording.answers import (
    legal_route as legal_route,
)
from handlers.wording.answers import (
    not_known as not_known,
)
from handlers.wording.answers import (
    repealed as repealed,
)
from handlers.wording.answers import (
    several as several,
)
from handlers.wording.answers import (
    several_fit as several_fit,
)
from handlers.wording.answers import (
    unknown as unknown,
)
from handlers.wording.answers import (
    unsolved as unsolved,
)
from handlers.wording.answers import (
    which_one as which_one,
)
from handlers.wording.dates import (
    day as day,
)
from handlers.wording.drafts import (
    BAD_KIND as BAD_KIND,
)
from handlers.wording.drafts import (
    BAD_PHONE as BAD_PHONE,
)
from handlers.wording.drafts import (
    DRAFT_WAITS as DRAFT_WAITS,
)
from handlers.wording.drafts import (
    NOT_12345 as NOT_12345,
)
from handlers.wording.drafts import (
    NOT_A_TIME as NOT_A_TIME,
)
from handlers.wording.drafts import (
    NOT_REGISTERED as NOT_REGISTERED,
)
from handlers.wording.drafts import (
    PLEASE_TYPE as PLEASE_TYPE,
)
from handlers.wording.drafts import (
    SEND_PICTURE_OR_SKIP as SEND_PICTURE_OR_SKIP,
)
from handlers.wording.drafts import (
    ask_for as ask_for,
)
from handlers.wording.drafts import (
    cannot_skip as cannot_skip,
)
from handlers.wording.drafts import (
    in_the_middle as in_the_middle,
)
from handlers.wording.drafts import (
    offer_ticket as offer_ticket,
)
from handlers.wording.drafts import (
    picture_taken as picture_taken,
)
from handlers.wording.drafts import (
    please_confirm as please_confirm,
)
from handlers.wording.drafts import (
    read_back as read_back,
)
from handlers.wording.drafts import (
    registered as registered,
)
from handlers.wording.progress import (
    CODE_LOCKED as CODE_LOCKED,
)
from handlers.wording.progress import (
    NO_TICKETS as NO_TICKETS,
)
from handlers.wording.progress import (
    NOT_ADDED as NOT_ADDED,
)
from handlers.wording.progress import (
    NOTHING_TO_RATE as NOTHING_TO_RATE,
)
from handlers.wording.progress import (
    REST_BY_PROGRESS as REST_BY_PROGRESS,
)
from handlers.wording.progress import (
    STILL_OPEN as STILL_OPEN,
)
from handlers.wording.progress import (
    ask_code as ask_code,
)
from handlers.wording.progress import (
    ask_supplement as ask_supplement,
)
from handlers.wording.progress import (
    ask_withdraw as ask_withdraw,
)
from handlers.wording.progress import (
    no_open_ticket as no_open_ticket,
)
from handlers.wording.progress import (
    notice as notice,
)
from handlers.wording.progress import (
    own_tickets as own_tickets,
)
from handlers.wording.progress import (
    progress as progress,
)
from handlers.wording.progress import (
    rated as rated,
)
from handlers.wording.progress import (
    refused as refused,
)
from handlers.wording.progress import (
    supplemented as supplemented,
)
from handlers.wording.progress import (
    urged as urged,
)
from handlers.wording.progress import (
    which_ticket as which_ticket,
)
from handlers.wording.progress import (
    withdrawn as withdrawn,
)
from handlers.wording.progress import (
    wrong_code as wrong_code,
)
from handlers.wording.publishing import (
    MARK_TAKEN_BACK as MARK_TAKEN_BACK,
)
from handlers.wording.publishing import (
    NOT_MARKED as NOT_MARKED,
)
from handlers.wording.publishing import (
    NOTHING_TO_TAKE_BACK as NOTHING_TO_TAKE_BACK,
)
from handlers.wording.publishing import (
    PHOTO_TAKEN as PHOTO_TAKEN,
)
from handlers.wording.publishing import (
    bad_day as bad_day,
)
from handlers.wording.publishing import (
    marked as marked,
)
from handlers.wording.publishing import (
    no_item as no_item,
)
from handlers.wording.publishing import (
    no_such_village as no_such_village,
)
from handlers.wording.publishing import (
    several_villages as several_villages,
)
from handlers.wording.publishing import (
    when_and_where as when_and_where,
)
from handlers.wording.publishing import (
    where_published as where_published,
)
from handlers.wording.publishing import (
    which_item as which_item,
)
from handlers.wording.publishing import (
    which_village as which_village,
)
from handlers.wording.publishing import (
    your_village_too as your_village_too,
)
from handlers.wording.talk import (
    ADVERT as ADVERT,
)
from handlers.wording.talk import (
    CANCELLED as CANCELLED,
)
from handlers.wording.talk import (
    EMPTY as EMPTY,
)
from handlers.wording.talk import (
    FAREWELL as FAREWELL,
)
from handlers.wording.talk import (
    FILE as FILE,
)
from handlers.wording.talk import (
    FOLLOW_MORE as FOLLOW_MORE,
)
from handlers.wording.talk import (
    GREETING as GREETING,
)
from handlers.wording.talk import (
    INJECTION as INJECTION,
)
from handlers.wording.talk import (
    INSULT as INSULT,
)
from handlers.wording.talk import (
    LINK as LINK,
)
from handlers.wording.talk import (
    NO_MORE as NO_MORE,
)
from handlers.wording.talk import (
    NO_NUMBERS as NO_NUMBERS,
)
from handlers.wording.talk import (
    NO_QUESTION as NO_QUESTION,
)
from handlers.wording.talk import (
    NO_STEP as NO_STEP,
)
from handlers.wording.talk import (
    NOISE as NOISE,
)
from handlers.wording.talk import (
    NOT_DONE as NOT_DONE,
)
from handlers.wording.talk import (
    NOTHING_CHOSEN as NOTHING_CHOSEN,
)
from handlers.wording.talk import (
    NOTHING_TO_CANCEL as NOTHING_TO_CANCEL,
)
from handlers.wording.talk import (
    OUT_OF_RANGE as OUT_OF_RANGE,
)
from handlers.wording.talk import (
    OWED_HEADER as OWED_HEADER,
)
from handlers.wording.talk import (
    PICTURE_ALONE as PICTURE_ALONE,
)
from handlers.wording.talk import (
    STICKER as STICKER,
)
from handlers.wording.talk import (
    THANKS as THANKS,
)
from handlers.wording.talk import (
    TOO_FAST as TOO_FAST,
)
from handlers.wording.talk import (
    TOO_LONG as TOO_LONG,
)
from handlers.wording.talk import (
    UNREADABLE as UNREADABLE,
)
from handlers.wording.talk import (
    VIDEO as VIDEO,
)
from handlers.wording.talk import (
    VOICE_UNHEARD as VOICE_UNHEARD,
)
from handlers.wording.talk import (
    WORKING as WORKING,
)
from handlers.wording.talk import (
    help_text as help_text,
)
from handlers.wording.talk import (
    identity as identity,
)
from handlers.wording.talk import (
    location_alone as location_alone,
)
from handlers.wording.talk import (
    privacy as privacy,
)
from handlers.wording.talk import (
    welcome as welcome,
)
from handlers.wording.village import (
    FORWARD_NOW as FORWARD_NOW,
)
from handlers.wording.village import (
    LAST_CARD as LAST_CARD,
)
from handlers.wording.village import (
    NOT_FORWARDED as NOT_FORWARDED,
)
from handlers.wording.village import (
    NOT_YOUR_VILLAGE as NOT_YOUR_VILLAGE,
)
from handlers.wording.village import (
    NOTHING_PASTED as NOTHING_PASTED,
)
from handlers.wording.village import (
    PASTE_LOST as PASTE_LOST,
)
from handlers.wording.village import (
    PASTED_TOO_MUCH as PASTED_TOO_MUCH,
)
from handlers.wording.village import (
    WHO_ASKED_ONCE as WHO_ASKED_ONCE,
)
from handlers.wording.village import (
    already_admin as already_admin,
)
from handlers.wording.village import (
    bound as bound,
)
from handlers.wording.village import (
    code_expired as code_expired,
)
from handlers.wording.village import (
    code_locked as code_locked,
)
from handlers.wording.village import (
    code_used as code_used,
)
from handlers.wording.village import (
    group_named as group_named,
)
from handlers.wording.village import (
    is_your_village as is_your_village,
)
from handlers.wording.village import (
    no_such_question as no_such_question,
)
from handlers.wording.village import (
    nothing_to_register as nothing_to_register,
)
from handlers.wording.village import (
    put_by as put_by,
)
from handlers.wording.village import (
    registered_for_others as registered_for_others,
)
from handlers.wording.village import (
    released as released,
)
from handlers.wording.village import (
    settled_in as settled_in,
)
from handlers.wording.village import (
    village_known as village_known,
)
from handlers.wording.village import (
    village_notice as village_notice,
)
from handlers.wording.village import (
    week as week,
)
from handlers.wording.village import (
    who_asked as who_asked,
)
from handlers.wording.village import (
    wrong_village_code as wrong_village_code,
)
