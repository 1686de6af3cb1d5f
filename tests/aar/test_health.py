class TestHealth:
    def test_answers_that_the_process_lives(self, client):
        assert client.get("/healthz").status_code == 200

    def test_names_the_database_and_the_broker(self, client, db):
        answer = client.get("/readyz")

        assert answer.json() == {"database": True, "broker": True}

    def test_stays_ready_without_the_broker_which_only_rings(self, client, db, settings):
        settings.REDIS_URL = "redis://127.0.0.1:1/0"

        answer = client.get("/readyz")

        assert answer.status_code == 200
        assert answer.json() == {"database": True, "broker": False}
