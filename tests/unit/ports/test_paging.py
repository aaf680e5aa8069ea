from vedette.clock import FakeClock
from vedette.ports.paging import PAGE, all_records
from vedette.stores.records.sql import SqlRecords


def test_all_of_a_kind_come_in_the_order_of_their_ids() -> None:
    records = SqlRecords(None, FakeClock())
    ids = [f"r{number:05}" for number in range(PAGE + 2)]
    for id in reversed(ids):
        records.put("p", "kind", id, {}, version=0)
    records.put("p", "other", "r", {}, version=0)
    records.put("q", "kind", "r", {}, version=0)
    assert [record.id for record in all_records(records, "p", "kind")] == ids
    assert [record.id for record in all_records(records, "p", "kind", after_id=ids[-2])] == ids[-1:]


def test_what_is_read_may_be_deleted_on_the_way() -> None:
    records = SqlRecords(None, FakeClock())
    for number in range(2 * PAGE):
        records.put("p", "kind", f"r{number:05}", {}, version=0)
    for record in all_records(records, "p", "kind"):
        records.delete("p", "kind", record.id, version=record.version)
    assert records.list("p", "kind") == ()
