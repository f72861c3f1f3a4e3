"""What a folder is for: by its flag, else by the provider's names for it, else by usual names."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from mailwizard.model.seen.mailbox import Role

RoleBy = Literal["flag", "name", ""]

# RFC 6154, and XLIST's words for the same; servers write them in any case.
FLAGS: dict[str, Role] = {
    "\\inbox": "inbox",
    "\\junk": "junk",
    "\\spam": "junk",
    "\\trash": "trash",
    "\\sent": "sent",
    "\\drafts": "drafts",
    "\\archive": "archive",
    "\\all": "all",
    "\\allmail": "all",
}

_NAMES: dict[Role, tuple[str, ...]] = {
    "junk": (
        *(
            "垃圾邮件",
            "垃圾邮件夹",
            "垃圾箱邮件",
            "垃圾郵件",
            "垃圾信件",
            "垃圾信件匣",
            "广告邮件",
            "病毒邮件",
            "垃圾箱",
        ),
        *("Junk", "Junk E-mail", "Junk Email", "Junk Mail", "Spam", "Spambox", "Bulk", "Bulk Mail"),
        *("Unwanted", "Spamverdacht", "Junk-E-Mail", "Werbung", "Unerwünscht", "Spam-Ordner"),
        *(
            "可疑邮件",
            "可疑郵件",
            "拦截邮件",
            "攔截郵件",
            "垃圾信",
            "迷惑メッセージ",
            "スパムメール",
        ),
        *("Courrier indésirable", "Indésirables", "Pourriel", "Correo no deseado", "No deseado"),
        *("Posta indesiderata", "Lixo eletrônico", "Lixo Eletrónico", "Ongewenste e-mail"),
        *("Спам", "Нежелательная почта", "迷惑メール", "迷惑メールフォルダ", "スパム"),
        *("정크 메일", "스팸", "스팸메일함"),
    ),
    "trash": (
        *("已删除邮件", "已删除", "已删除消息", "废纸篓", "废件箱", "回收站", "已刪除的郵件"),
        *("刪除的郵件", "已刪除郵件", "垃圾桶", "Trash", "Bin", "Deleted", "Deleted Items"),
        *("Deleted Messages", "Deleted Mail", "Papierkorb", "Gelöscht", "Gelöschte Elemente"),
        *("Gelöschte Objekte", "Corbeille", "Éléments supprimés", "Papelera"),
        *("Elementos eliminados", "Cestino", "Posta eliminata", "Lixeira", "Itens Excluídos"),
        *("Prullenbak", "Verwijderde items", "Корзина", "Удаленные", "ゴミ箱", "ごみ箱"),
        *("削除済みアイテム", "削除済み", "削除済みメッセージ", "已刪除", "已刪除的項目"),
        *("已删除的邮件", "回收桶", "휴지통", "지운 편지함"),
    ),
    "sent": (
        *("已发送", "已发送邮件", "已发邮件", "发件箱", "寄件備份", "已寄出", "寄件匣", "已傳送"),
        *("已发送的邮件", "已傳送的郵件", "寄件備份匣", "送信メール"),
        *("Sent", "Sent Items", "Sent Mail", "Sent Messages", "Gesendet", "Gesendete Elemente"),
        *("Gesendete Objekte", "Éléments envoyés", "Messages envoyés", "Enviados"),
        *("Elementos enviados", "Inviati", "Posta inviata", "Itens Enviados", "Verzonden items"),
        *(
            "Отправленные",
            "送信済み",
            "送信済みメール",
            "送信済みアイテム",
            "보낸 편지함",
            "보낸편지함",
        ),
    ),
    "drafts": (
        *("草稿", "草稿箱", "草稿夹", "草稿匣", "Drafts", "Draft", "Entwürfe", "Brouillons"),
        *("Borradores", "Bozze", "Rascunhos", "Concepten", "Черновики", "下書き", "임시 보관함"),
    ),
    "archive": (
        *(
            "存档邮件",
            "归档邮件",
            "已存档",
            "封存郵件",
            "保存済み",
            "アーカイブ済み",
            "Archivierte E-Mails",
        ),
        *("归档", "存档", "邮件归档", "封存", "Archive", "Archives", "Archiv", "Archivo"),
        *("Archivio", "Archief", "Архив", "アーカイブ", "보관함"),
    ),
    "all": (
        *("全部邮件", "全部郵件", "所有信件", "Alle E-Mails"),
        *("All Mail", "所有邮件", "所有郵件", "Alle Nachrichten", "Tous les messages"),
        *("Todos", "Tutti i messaggi", "すべてのメール", "전체보관함"),
    ),
}


def name_key(name: str) -> str:
    """A name folded for comparison: case, width, hyphens and spaces do not matter."""
    return re.sub(r"[\s\-_]+", "", unicodedata.normalize("NFKC", name).casefold())


_BY_NAME: dict[str, Role] = {
    name_key(name): role for role, names in _NAMES.items() for name in names
}


def role_of(
    name: str,
    flags: Iterable[str],
    delimiter: str,
    known: Mapping[str, Iterable[str]] | None = None,
) -> tuple[Role, RoleBy]:
    """A folder's role and how it is known.

    ``name`` is decoded and whole; only its last component is compared (``[Gmail]/Spam``,
    ``INBOX.Junk``). ``known`` are the provider's own names by role.
    """
    if name.upper() == "INBOX":
        return "inbox", "name"
    for flag in flags:
        role = FLAGS.get(flag.casefold())
        if role is not None:
            return role, "flag"
    last = name_key(name.rpartition(delimiter)[2] if delimiter else name)
    for key, names in (known or {}).items():
        by_profile = _ROLES.get(key)
        if by_profile is not None and last in {name_key(n.rpartition("/")[2]) for n in names}:
            return by_profile, "name"
    usual = _BY_NAME.get(last)
    return (usual, "name") if usual is not None else ("other", "")


_ROLES: dict[str, Role] = {
    "junk": "junk",
    "trash": "trash",
    "sent": "sent",
    "drafts": "drafts",
    "archive": "archive",
    "all": "all",
}
