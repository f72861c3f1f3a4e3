"""Certificates for tests: an authority of their own, and leaves of every kind of fault."""

import ssl
import tempfile
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Issued:
    """A certificate with its key, both PEM; ``chain`` are the issuers to send along, PEM."""

    certificate: x509.Certificate
    key: Key
    chain: tuple[bytes, ...] = ()

    @property
    def pem(self) -> bytes:
        """The certificate alone, PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The unencrypted key, PEM (PKCS #8)."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def write(self, folder: Path, name: str = "server") -> tuple[Path, Path]:
        """Writes ``name.pem`` (with the chain) and ``name.key``; gives both paths."""
        certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
        certificate.write_bytes(self.pem + b"".join(self.chain))
        key.write_bytes(self.key_pem)
        return certificate, key

    def server_context(self, *, ciphers: str = "") -> ssl.SSLContext:
        """A context for a server that presents this certificate and its chain.

        With the ``ciphers`` ``WEAK`` it also takes keys and versions that nobody should.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if ciphers:
            context.set_ciphers(ciphers)
        with tempfile.TemporaryDirectory() as folder:
            context.load_cert_chain(*self.write(Path(folder)))
        return context


WEAK = "ALL:@SECLEVEL=0"
"""Ciphers, keys and digests that nobody should take."""


def old_context(issued: Issued) -> ssl.SSLContext:
    """A context for a server that knows nothing newer than TLS 1.1."""
    context = issued.server_context(ciphers=WEAK)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


class Authority:
    """A certificate authority: a root, or with ``parent`` an intermediate."""

    def __init__(
        self,
        name: str = "Test root",
        parent: "Authority | None" = None,
        *,
        permitted: str | None = None,
        not_after: datetime | None = None,
    ) -> None:
        """``permitted`` is the only domain that it may issue for (name constraints)."""
        self.parent = parent
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        self.issued: Issued = Issued(
            _build(
                name,
                key,
                parent.issued if parent else None,
                now - timedelta(days=3650),
                not_after or now + timedelta(days=3650),
                authority=True,
                permitted=permitted,
            ),
            key,
        )

    @property
    def pem(self) -> bytes:
        """This authority's own certificate, PEM."""
        return self.issued.pem

    def issue(
        self,
        *names: str,
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        send_chain: bool = True,
        weak: bool = False,
        for_clients: bool = False,
    ) -> Issued:
        """A server certificate for host names or addresses.

        ``send_chain`` False leaves out the intermediates, as misconfigured servers do. ``weak`` has
        an RSA key of 1024 bits; ``for_clients`` is not made for servers.
        """
        now = datetime.now(UTC)
        key: Key = (
            rsa.generate_private_key(65537, 1024)
            if weak
            else ec.generate_private_key(ec.SECP256R1())
        )
        certificate = _build(
            names[0],
            key,
            self.issued,
            not_before or now - timedelta(days=1),
            not_after or now + timedelta(days=30),
            names=names,
            usage=ExtendedKeyUsageOID.CLIENT_AUTH
            if for_clients
            else ExtendedKeyUsageOID.SERVER_AUTH,
        )
        chain: list[bytes] = []
        above: Authority | None = self
        while send_chain and above is not None and above.parent is not None:
            chain.append(above.pem)
            above = above.parent
        return Issued(certificate, key, tuple(chain))

    def client_context(self) -> ssl.SSLContext:
        """A verifying client context that trusts this authority alone."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=self.pem.decode("ascii"))
        return context


def self_signed(*names: str) -> Issued:
    """A server certificate that nobody vouches for."""
    now = datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _build(
        names[0], key, None, now - timedelta(days=1), now + timedelta(days=30), names=names
    )
    return Issued(certificate, key)


def _build(
    common_name: str,
    key: Key,
    issuer: Issued | None,
    not_before: datetime,
    not_after: datetime,
    *,
    names: tuple[str, ...] = (),
    authority: bool = False,
    permitted: str | None = None,
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    signer = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
    )
    if authority:
        uses = x509.KeyUsage(
            digital_signature=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=True,
            crl_sign=True,
            encipher_only=False,
            decipher_only=False,
        )
        builder = builder.add_extension(uses, critical=True)
    if permitted is not None:
        only = x509.NameConstraints([x509.DNSName(permitted)], None)
        builder = builder.add_extension(only, critical=True)
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False
        ).add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    return builder.sign(signer, hashes.SHA256())


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
