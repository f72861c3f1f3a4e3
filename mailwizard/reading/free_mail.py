"""Domains whose addresses belong to anybody: another address there is another person."""

_LIST = """
163.com 126.com yeah.net vip.163.com vip.126.com 188.com qq.com vip.qq.com foxmail.com
sina.com sina.cn vip.sina.com sohu.com tom.com 139.com 189.cn wo.cn 21cn.com aliyun.com
gmail.com googlemail.com outlook.com hotmail.com live.com live.cn msn.com outlook.de
hotmail.co.uk hotmail.fr hotmail.de yahoo.com yahoo.com.cn yahoo.cn yahoo.co.jp yahoo.co.uk
yahoo.de yahoo.fr ymail.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com gmx.at
gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org mail.de arcor.de 1und1.de
proton.me protonmail.com tutanota.com tuta.com mail.ru yandex.ru yandex.com bk.ru inbox.ru
list.ru rambler.ru ukr.net i.ua wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz
orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it
naver.com daum.net hanmail.net nate.com rediffmail.com zoho.com hinet.net pchome.com.tw
bigpond.com comcast.net verizon.net att.net sbcglobal.net btinternet.com docomo.ne.jp
uol.com.br bol.com.br terra.com.br hey.com fastmail.com
"""
_DOMAINS = frozenset(_LIST.split())


def is_free_mail(domain: str) -> bool:
    """Whether a domain (ASCII form) is a public mail service's."""
    return domain.rstrip(".").lower() in _DOMAINS
