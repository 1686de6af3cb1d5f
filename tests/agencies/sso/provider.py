"""An OpenID Connect provider for tests: discovery, keys, tokens and user info over loopback."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "aar"


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What the provider says; a test changes it before the person comes back."""

    address: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    signing_key: rsa.RSAPrivateKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)
    without_token: bool = False

    def discovery(self):
        return {
            "issuer": self.claims.get("discovered_issuer", self.address),
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]}

    def token(self, form):
        """Give out tokens only for the verifier that goes with the challenge (PKCE)."""
        verifier = form["code_verifier"][0].encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        if digest != self.challenges.get(form["code"][0]):
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "subject-1",
            "email": "whoever@agency.example",
            "email_verified": True,
            "iat": now,
            "exp": now + 300,
            **self.claims,
        }
        signed = jwt.encode(
            claims, self.signing_key or self.key, algorithm="RS256", headers={"kid": "k1"}
        )
        answer = {"access_token": "access", "token_type": "Bearer", "expires_in": 300}
        return answer if self.without_token else {**answer, "id_token": signed}

    def authorize(self, location):
        """What the person's browser does there: the address that leads back with a code."""
        asked = parse_qs(urlsplit(location).query)
        self.challenges["code-1"] = asked["code_challenge"][0]
        back = urlsplit(asked["redirect_uri"][0]).path
        return f"{back}?code=code-1&state={asked['state'][0]}"


@contextmanager
def running():
    """A provider that answers for as long as the block runs."""
    provider = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            pages = {
                "/.well-known/openid-configuration": provider.discovery,
                "/keys": provider.keys,
                "/userinfo": lambda: {
                    "sub": provider.claims.get("sub", "subject-1"),
                    **provider.userinfo,
                },
            }
            self._say(pages[urlsplit(self.path).path]())

        def do_POST(self):
            size = int(self.headers["content-length"])
            self._say(provider.token(parse_qs(self.rfile.read(size).decode())))

        def _say(self, told):
            body = json.dumps(told).encode()
            self.send_response(400 if "error" in told else 200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
