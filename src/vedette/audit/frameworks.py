"""What the frameworks want, as far as a gateway for language models can show evidence of it.

GDPR: Regulation (EU) 2016/679. CCPA: California Civil Code 1798.100 ff. as amended by the CPRA.
SOC 2: AICPA Trust Services Criteria (2017, revised points of focus 2022).
"""

from vedette.model.compliance import ComplianceControl as Control
from vedette.model.compliance import Framework

TITLES: dict[Framework, str] = {
    "gdpr": "GDPR: evidence of processing",
    "ccpa": "CCPA: evidence of handling personal information",
    "soc2": "SOC 2: evidence for the Trust Services Criteria",
}
NOTICE = (
    "This report shows what Vedette has recorded. It is evidence, not a certification and not "
    "legal advice: whether a requirement is met is for your auditor to judge, and much of it lies "
    "outside of this program."
)
CONTROLS: dict[Framework, tuple[Control, ...]] = {
    "gdpr": (
        Control(id="Art. 5(1)(c)", title="Data minimisation",
                sections=("retention", "findings")),
        Control(id="Art. 5(1)(e)", title="Storage limitation",
                sections=("retention", "deletions")),
        Control(id="Art. 17", title="Erasure", sections=("deletions",),
                beyond="Requests that reached you by other ways than this program."),
        Control(id="Art. 25", title="Data protection by design",
                sections=("findings", "configuration", "encryption")),
        Control(id="Art. 28, 44-46", title="Processors, and transfers to other countries",
                sections=("providers",),
                beyond="Contracts with processors and where they process: ask each provider."),
        Control(id="Art. 30", title="Records of processing",
                sections=("providers", "retention", "configuration"),
                beyond="Purposes and categories of data subjects."),
        Control(id="Art. 32", title="Security of processing",
                sections=("encryption", "access", "keys", "findings", "integrity")),
        Control(id="Art. 33", title="Breaches: what happened can be told",
                sections=("integrity", "findings", "access")),
    ),
    "ccpa": (
        Control(id="1798.100(a)(3)", title="How long personal information is kept",
                sections=("retention",)),
        Control(id="1798.100(c)", title="Collection limited to what is needed",
                sections=("findings", "retention")),
        Control(id="1798.100(e), 1798.150", title="Reasonable security",
                sections=("encryption", "access", "keys", "integrity")),
        Control(id="1798.105", title="Deletion", sections=("deletions",),
                beyond="Requests that reached you by other ways than this program."),
        Control(id="1798.110, 1798.130", title="What is collected, and to whom it goes",
                sections=("findings", "providers")),
        Control(id="1798.140(ag)", title="Service providers", sections=("providers",),
                beyond="Contracts with service providers."),
    ),
    "soc2": (
        Control(id="CC6.1", title="Logical access is restricted",
                sections=("access", "keys", "encryption")),
        Control(id="CC6.2, CC6.3", title="Access is given, changed and withdrawn",
                sections=("access", "keys")),
        Control(id="CC6.6", title="Threats from outside are met",
                sections=("findings", "configuration")),
        Control(id="CC6.7", title="Data are protected on their way",
                sections=("encryption", "providers")),
        Control(id="CC7.2", title="Anomalies are looked for", sections=("findings", "integrity")),
        Control(id="CC7.3, CC7.4", title="Incidents can be evaluated",
                sections=("integrity", "findings"),
                beyond="Your incident procedure and who follows it."),
        Control(id="CC8.1", title="Changes are recorded",
                sections=("configuration", "access", "integrity")),
        Control(id="C1.1, C1.2", title="Confidential information is kept and disposed of",
                sections=("retention", "deletions", "encryption")),
        Control(id="P4.2, P4.3", title="Personal information is retained and disposed of",
                sections=("retention", "deletions")),
    ),
}  # fmt: skip
