"""The demo's servers, asked by the libraries that the probes use."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.parser import BytesParser
from http.client import HTTPResponse
from smtplib import SMTP

import dns.flags
import dns.message
import dns.query
import dns.rcode
import pytest
from imapclient import IMAPClient, exceptions

from mailwizard.demo import hosts, mailbox
from mailwizard.demo.scenario import PASSWORD
from mailwizard.demo.start import Demo, start


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with start("junk") as running:
        yield running


@pytest.fixture(scope="module")
def full() -> Iterator[Demo]:
    with start("mailbox-full") as running:
        yield running


def imap(demo: Demo, *, sign_in: bool = True) -> IMAPClient:
    """A client at the demo's IMAP server; that its TLS verifies is test_world.py's matter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    address, port = demo.world.route(hosts.HOSTS[hosts.IMAP], 993, "tcp")
    client = IMAPClient(address, port=port, ssl_context=context, timeout=5)
    if sign_in:
        client.login(mailbox.ME, PASSWORD)
    return client


def ask(
    demo: Demo, server: str, name: str, rtype: str, *, tcp: bool = False
) -> dns.message.Message:
    query = dns.message.make_query(name, rtype)
    query.use_edns(0, 0, 1232)
    address, port = demo.world.route(server, 53, "tcp" if tcp else "udp")
    send = dns.query.tcp if tcp else dns.query.udp
    return send(query, address, port=port, timeout=2)


def records(reply: dns.message.Message) -> list[str]:
    return sorted(rdata.to_text() for rrset in reply.answer for rdata in rrset)


class TestImap:
    def test_greeting_and_capabilities_are_alimails(self, demo: Demo) -> None:
        client = imap(demo, sign_in=False)
        assert client.welcome == b"* OK AliYun IMAP Server Ready"
        capabilities = client.capabilities()
        assert b"UIDPLUS" in capabilities
        assert not {b"QUOTA", b"SPECIAL-USE", b"MOVE", b"AUTH=PLAIN"} & set(capabilities)
        client.logout()

    def test_a_wrong_password_is_refused(self, demo: Demo) -> None:
        client = imap(demo, sign_in=False)
        with pytest.raises(exceptions.LoginError, match="AUTHENTICATIONFAILED"):
            client.login(mailbox.ME, "wrong")
        client.shutdown()

    def test_a_password_with_quotes_and_backslashes_is_read(self, demo: Demo) -> None:
        client = imap(demo, sign_in=False)
        with pytest.raises(exceptions.LoginError):
            client.login(mailbox.ME, 'a"b\\c d{3}')
        client.login(mailbox.ME, PASSWORD)
        client.logout()

    def test_authenticate_is_not_understood_and_nothing_without_signing_in(
        self, demo: Demo
    ) -> None:
        client = imap(demo, sign_in=False)
        with pytest.raises(exceptions.LoginError, match="invalid command"):
            client.plain_login(mailbox.ME, PASSWORD)
        with pytest.raises(exceptions.IMAPClientError):
            client.list_folders()
        client.shutdown()

    def test_folders_carry_their_flags_in_plain_list(self, demo: Demo) -> None:
        client = imap(demo)
        listed = {name: flags for flags, delimiter, name in client.list_folders()}
        assert len(listed) == 10
        assert listed[mailbox.JUNK] == (b"\\Junk",)
        assert listed[mailbox.TRASH] == (b"\\Trash",)
        assert "客户邮件/英国" in listed
        top_level = [name for *_, name in client.list_folders("", "%")]
        assert "INBOX" in top_level
        assert mailbox.GERMANY not in top_level
        client.logout()

    def test_text_search_is_refused_and_dates_are_not(self, demo: Demo) -> None:
        client = imap(demo)
        client.select_folder(mailbox.JUNK, readonly=True)
        for criteria in (["FROM", "x"], ["SUBJECT", "x"], ["OR", "SEEN", "UNSEEN"]):
            with pytest.raises(exceptions.IMAPClientError, match="invalid command or parameters"):
                client.search(criteria)
        since = datetime.now(UTC).date() - timedelta(days=3)
        recent = client.search(["SINCE", since])
        assert len(recent) >= 2
        assert set(client.search(["BEFORE", since])) | set(recent) == set(client.search("ALL"))
        assert client.search(["SINCE", date(2099, 1, 1)]) == []
        assert set(client.search(["UNSEEN"])) <= set(client.search("ALL"))
        assert client.search(["UID", "1:3"]) == [1, 2, 3]
        client.logout()

    def test_headers_are_fetched_without_marking_as_read(self, demo: Demo) -> None:
        client = imap(demo)
        figures = client.select_folder(mailbox.JUNK, readonly=True)
        uids = client.search("ALL")
        assert figures[b"EXISTS"] == len(uids) == 11
        fields = "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]"
        replies = client.fetch(uids, ["FLAGS", "INTERNALDATE", "RFC822.SIZE", fields])
        hits = {
            uid: message[b"BODY[HEADER.FIELDS (FROM SUBJECT)]"]
            for uid, message in replies.items()
            if b"customer-gmbh.de" in message[b"BODY[HEADER.FIELDS (FROM SUBJECT)]"]
        }
        assert len(hits) == 2
        uid = max(hits)
        before = replies[uid][b"FLAGS"]
        message = client.fetch([uid], ["BODY.PEEK[]", "BODY.PEEK[HEADER]", "RFC822.SIZE"])[uid]
        assert len(message[b"BODY[]"]) == message[b"RFC822.SIZE"]
        assert message[b"BODY[]"].startswith(message[b"BODY[HEADER]"])
        headers = BytesParser().parsebytes(message[b"BODY[HEADER]"])
        assert headers["X-Spam-Flag"] == "YES"
        assert "spf=pass" in headers["Authentication-Results"]
        assert hosts.HOSTS[hosts.CUSTOMER_MX] in headers["Received"]
        client.fetch([uid], ["BODY[]"])
        assert client.fetch([uid], ["FLAGS"])[uid][b"FLAGS"] == before
        client.logout()

    def test_status_idle_id_and_unknown_folders(self, demo: Demo) -> None:
        client = imap(demo)
        figures = client.folder_status("INBOX", ["MESSAGES", "UIDNEXT", "UNSEEN"])
        assert figures[b"UIDNEXT"] == figures[b"MESSAGES"] + 1
        assert b"name" in dict(zip(*[iter(client.id_({"name": "test"})[0])] * 2, strict=False))
        with pytest.raises(exceptions.IMAPClientError, match="no such folder"):
            client.select_folder("没有")
        client.select_folder("INBOX", readonly=True)
        client.idle()
        assert client.idle_done()
        client.noop()
        client.logout()

    def test_a_mail_is_moved_by_copy_store_and_expunge(self) -> None:
        with start("junk") as own:
            client = imap(own)
            client.select_folder(mailbox.JUNK)
            uid = max(client.search("ALL"))
            client.copy([uid], "INBOX")
            client.add_flags([uid], [b"\\Deleted"])
            client.expunge([uid])
            assert uid not in client.search("ALL")
            client.select_folder("INBOX")
            newest = max(client.search("ALL"))
            assert (
                b"Hans Becker"
                in client.fetch([newest], ["BODY.PEEK[HEADER]"])[newest][b"BODY[HEADER]"]
            )
            client.logout()

    def test_the_full_mailbox_holds_years_of_mail_and_makes_it_when_it_is_read(
        self, full: Demo
    ) -> None:
        client = imap(full)
        client.select_folder(mailbox.TRASH)
        replies = client.fetch(client.search("ALL"), ["RFC822.SIZE", "INTERNALDATE"])
        assert len({reply[b"INTERNALDATE"].year for reply in replies.values()}) >= 4
        largest = max(replies, key=lambda uid: replies[uid][b"RFC822.SIZE"])
        whole = client.fetch([largest], ["BODY.PEEK[]"])[largest][b"BODY[]"]
        assert len(whole) == replies[largest][b"RFC822.SIZE"] > 1_000_000
        client.logout()

    def test_only_what_is_named_is_expunged_and_room_is_taken_note_of(self) -> None:
        with start("mailbox-full") as own:
            client = imap(own)
            client.select_folder(mailbox.TRASH)
            first, second, *_rest = client.search("ALL")
            client.add_flags([first, second], [b"\\Deleted"])
            client.expunge([second])
            assert first in client.search("ALL")
            assert second not in client.search("ALL")
            quota = client.get_quota()[0]
            assert quota.usage < quota.limit
            address, port = own.world.route(hosts.HOSTS[hosts.MX[0]], 25, "tcp")
            with SMTP(address, port, timeout=5) as smtp:
                smtp.ehlo()
                smtp.mail("")
                assert smtp.rcpt(mailbox.ME)[0] == 250
            client.logout()

    def test_quota_only_where_it_is_offered(self, demo: Demo, full: Demo) -> None:
        with pytest.raises(exceptions.CapabilityError):
            imap(demo).get_quota()
        client = imap(full)
        quota = client.get_quota()[0]
        assert (quota.resource, quota.usage >= quota.limit) == (b"STORAGE".decode(), True)
        client.select_folder("INBOX", readonly=True)
        assert client.search(["FROM", "customer-gmbh.de"])
        client.logout()

    @pytest.mark.parametrize(
        "line",
        [
            b"\r\n",
            b"a1\r\n",
            b"a1 LOGIN (\r\n",
            b'a1 LOGIN "x\r\n',
            b"a1 UID FETCH\r\n",
            b"\xff\r\n",
        ],
    )
    def test_nonsense_is_answered_with_bad(self, demo: Demo, line: bytes) -> None:
        connection = demo.world.connect(hosts.HOSTS[hosts.IMAP], 993, 2)
        context = demo.world.tls_context()
        with context.wrap_socket(connection, server_hostname=hosts.IMAP) as tls:
            said = tls.makefile("rb")
            said.readline()
            tls.sendall(line)
            assert b" BAD " in said.readline()


class TestDns:
    def test_the_resolver_follows_aliases_and_tells_nodata_from_nxdomain(self, demo: Demo) -> None:
        reply = ask(demo, hosts.GATEWAY, "imap.acme-trading.com", "A")
        assert records(reply) == [hosts.HOSTS[hosts.IMAP], f"{hosts.IMAP}."]
        nodata = ask(demo, "223.5.5.5", hosts.IMAP, "AAAA")
        assert (nodata.rcode(), nodata.answer) == (dns.rcode.NOERROR, [])
        assert nodata.authority
        missing = ask(demo, "1.1.1.1", "nothing.acme-trading.com", "A")
        assert missing.rcode() == dns.rcode.NXDOMAIN
        assert missing.authority
        assert not missing.flags & dns.flags.AA

    @pytest.mark.parametrize("tcp", [False, True])
    def test_authoritative_servers_speak_for_their_zone_only(self, demo: Demo, tcp: bool) -> None:
        server = hosts.HOSTS[hosts.COMPANY_NS[0]]
        reply = ask(demo, server, hosts.COMPANY, "MX", tcp=tcp)
        assert reply.flags & dns.flags.AA
        assert "5 mx1.qiye.aliyun.com." in records(reply)
        assert ask(demo, server, "www.baidu.com", "A", tcp=tcp).rcode() == dns.rcode.REFUSED

    def test_the_parent_refers_to_the_companys_servers(self, demo: Demo) -> None:
        reply = ask(demo, hosts.HOSTS[hosts.PARENT_NS], hosts.COMPANY, "MX")
        assert not reply.answer
        assert not reply.flags & dns.flags.AA
        assert {r.to_text() for r in reply.authority[0]} == {f"{n}." for n in hosts.COMPANY_NS}
        assert len(reply.additional) == 2

    def test_an_expired_domain_is_unknown_to_the_parent(self) -> None:
        with start("domain-expired") as expired:
            parent = hosts.HOSTS[hosts.PARENT_NS]
            for server in (parent, hosts.GATEWAY):
                assert ask(expired, server, hosts.COMPANY, "MX").rcode() == dns.rcode.NXDOMAIN

    def test_block_list_and_reverse_names(self, demo: Demo) -> None:
        test = ask(demo, hosts.GATEWAY, "2.0.0.127.zen.spamhaus.org", "A")
        assert "127.0.0.2" in records(test)
        clear = ask(demo, hosts.GATEWAY, "25.100.51.198.zen.spamhaus.org", "A")
        assert clear.rcode() == dns.rcode.NXDOMAIN
        pointer = ask(demo, hosts.GATEWAY, "25.100.51.198.in-addr.arpa", "PTR")
        assert records(pointer) == [f"{hosts.CUSTOMER_MX}."]

    def test_garbage_is_passed_over(self, demo: Demo) -> None:
        endpoint = demo.world.route(hosts.GATEWAY, 53, "udp")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.sendto(b"\x00garbage", endpoint)
        assert records(ask(demo, hosts.GATEWAY, hosts.IMAP, "A"))


class TestSmtp:
    def test_a_dialogue_before_data(self, full: Demo) -> None:
        address, port = full.world.route(hosts.HOSTS[hosts.MX[0]], 25, "tcp")
        with SMTP(address, port, timeout=5) as smtp:
            assert smtp.ehlo()[0] == 250
            assert int(smtp.esmtp_features["size"]) > 0
            assert smtp.mail("")[0] == 250
            assert smtp.rcpt(mailbox.ME) == (552, b"5.2.2 Mailbox full")
            assert smtp.rcpt("postmaster@acme-trading.com")[0] == 250
            assert smtp.rcpt("nobody@acme-trading.com") == (
                554,
                b"RCPT (nobody@acme-trading.com) dosn't exist",
            )
            assert smtp.docmd("DATA")[0] == 502

    def test_starttls(self, demo: Demo) -> None:
        connection = demo.world.connect(hosts.HOSTS[hosts.MX[0]], 25, 2)
        said = connection.makefile("rb")
        assert said.readline().startswith(b"220 mx1.qiye.aliyun.com")
        connection.sendall(b"STARTTLS\r\n")
        assert said.readline().startswith(b"220")
        said.close()
        context = demo.world.tls_context()
        with context.wrap_socket(connection, server_hostname=hosts.MX[0]) as tls:
            tls.sendall(b"EHLO test\r\n")
            assert b"STARTTLS" not in tls.recv(4096)


class TestWeb:
    def get(self, demo: Demo, host: str, path: str, *, tls: bool = True) -> HTTPResponse:
        address = demo.world.addresses(host, 2)[0]
        connection = demo.world.connect(address, 443 if tls else 80, 2)
        if tls:
            connection = demo.world.tls_context().wrap_socket(connection, server_hostname=host)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        reply = HTTPResponse(connection)
        reply.begin()
        return reply

    def test_portal_controls_give_what_they_should(self, demo: Demo) -> None:
        reply = self.get(demo, "connect.rom.miui.com", "/generate_204", tls=False)
        assert (reply.status, reply.read()) == (204, b"")
        reply = self.get(demo, "www.msftconnecttest.com", "/connecttest.txt", tls=False)
        assert (reply.status, reply.read()) == (200, b"Microsoft Connect Test")

    def test_https_controls_tell_the_time(self, demo: Demo) -> None:
        reply = self.get(demo, "www.aliyun.com", "/")
        assert reply.status == 200
        assert reply.headers["Date"].endswith("GMT")

    def test_registration_and_policy(self, demo: Demo) -> None:
        assert b"rdap" in self.get(demo, "data.iana.org", "/rdap/dns.json").read()
        assert b"expiration" in self.get(demo, hosts.RDAP, f"/domain/{hosts.COMPANY}").read()
        assert self.get(demo, hosts.RDAP, "/domain/other.com").status == 404
        policy = self.get(demo, hosts.STS, "/.well-known/mta-sts.txt").read()
        assert policy.startswith(b"version: STSv1\r\n")

    def test_webmail_opens(self, demo: Demo) -> None:
        assert self.get(demo, hosts.WEBMAIL, "/").status == 200

    def test_the_portal_answers_for_everybody(self) -> None:
        with start("captive-portal") as hotel:
            reply = self.get(hotel, "www.gstatic.com", "/generate_204", tls=False)
            assert reply.status == 302
            assert "portal" in reply.headers["Location"]
