"""booklet: 办事一本通 as a PDF, for one 一件事, one domain or everything."""

from pathlib import Path

import click

from bot.cli.root import ChineseHelp, settings_of


@click.command(cls=ChineseHelp)
@click.option("--bundle", metavar="短名", help="一件事的短名（catalogs/bundles/ 里的文件名）")
@click.option("--domain", metavar="领域", help="一个领域，如 社会救助")
@click.option("--all", "everything", is_flag=True, help="全部办事指南")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="文件",
    help="写到哪个 PDF 文件",
)
@click.pass_context
def booklet(context: click.Context, bundle: str | None, domain: str | None, everything: bool, out: Path) -> None:
    """把办事指南印成《办事一本通》（PDF，可直接打印）。

    --bundle、--domain、--all 三个里选一个。失效的指南不印，待核的照样标明。
    """
    from bot import assembly, booklets, overlaying
    from documents.booklet import booklet_pdf
    from documents.pdf import DocumentError
    from knowledge.library import load

    if sum((bundle is not None, domain is not None, everything)) != 1:
        raise click.UsageError("--bundle、--domain、--all 要选一个，也只能选一个")
    settings = settings_of(context)
    library = load(assembly.CATALOGS, overlaying.current(settings.bot_data_dir).files)
    printer = booklets.Printer(library.entries, library.version, assembly.now().date(), settings.bot_operator)
    try:
        book = printer.bundle(bundle) if bundle else printer.domain(domain) if domain else printer.everything()
        pdf = booklet_pdf(book)
        out.write_bytes(pdf)
    except (booklets.NothingToPrintError, DocumentError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"写不了 {out}：{error.strerror}") from None
    guides = sum(len(part.chapters) for part in book.parts)
    click.echo(f"已写好 {out}：{guides}篇指南，{len(pdf) // 1024} KB，版本 {book.version}")


COMMANDS = (booklet,)
