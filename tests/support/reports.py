"""A small compliance report with hostile names in it."""

from vedette.audit.frameworks import CONTROLS, NOTICE, TITLES
from vedette.model.compliance import ComplianceReport, EvidenceSection, EvidenceTable, Fact

HOSTILE = "<script>alert(1)</script> \u6728 {{ 7*7 }}"

REPORT = ComplianceReport(
    framework="gdpr", title=TITLES["gdpr"], notice=NOTICE, organization="",
    from_time="2026-01-01T00:00:00Z", to_time="2026-02-01T00:00:00Z",
    made_time="2026-02-01T00:00:00Z", version="1.2.3", controls=CONTROLS["gdpr"],
    sections=tuple(
        EvidenceSection(
            id=id, title=f"About {id}", summary=HOSTILE, facts=(Fact("Name", HOSTILE),),
            gaps=("Something is open.",),
            tables=(
                EvidenceTable(
                    title="Rows", columns=("A", "B"), rows=((HOSTILE, "x" * 500),), left_out=3
                ),
                EvidenceTable(title="Nothing", columns=("A",), rows=()),
            ),
        )
        for id in (
            "access", "keys", "configuration", "findings", "retention", "deletions", "providers",
            "encryption", "integrity",
        )
    ),
)  # fmt: skip
