from vedette.model.ingest import IngestQuota


def test_a_quota_is_for_ids_and_names_that_match() -> None:
    quota = IngestQuota(scope="key", name="team-*")
    assert quota.is_for("9f2c", "team-a")
    assert not quota.is_for("9f2c", "other")
    assert IngestQuota(scope="key").is_for("")
