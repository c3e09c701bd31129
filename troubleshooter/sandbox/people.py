"""Lists the cast: who works at Contoso, a fictional company with fictional people, in every sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import NAMESPACE_DNS, uuid5

DOMAIN = "contoso.com"


@dataclass(frozen=True, slots=True)
class Person:
    """One employee, as the directory lists them."""

    alias: str
    """The part of the UPN before the @, in lower case."""
    first: str
    last: str
    role: str
    department: str
    display: str = ""
    """The name as shown; empty for the first and last name."""
    mail_alias: str = ""
    """The part of the mail address before the @ where it differs from the UPN's."""
    has_photo: bool = True
    domain: str = DOMAIN
    """The part of the UPN after the @."""
    mail_domain: str = ""
    """The part of the mail address after the @ where it differs from the UPN's."""

    @property
    def upn(self) -> str:
        return f"{self.alias}@{self.domain}"

    @property
    def mail(self) -> str:
        return f"{self.mail_alias or self.alias}@{self.mail_domain or self.domain}"

    @property
    def name(self) -> str:
        return self.display or f"{self.first} {self.last}"

    @property
    def initials(self) -> str:
        return (self.first[:1] + self.last[:1]).upper()

    @property
    def object_id(self) -> str:
        """The directory's object id (GUID)."""
        return str(uuid5(NAMESPACE_DNS, self.upn))

    @property
    def account(self) -> str:
        """The claims-encoded account name that SharePoint uses."""
        return f"i:0#.f|membership|{self.upn}"


_PEOPLE = (
    Person("ana.popescu", "Ana", "Popescu", "Project Manager", "Operations"),
    # Same display name as the subject: matching by name alone picks the wrong card.
    Person("ana.popescu2", "Ana", "Popescu", "Account Manager", "Sales"),
    Person("helpdesk", "Dan", "Rusu", "Helpdesk Agent", "IT"),
    Person("stefan.tanase", "Ștefan", "Tănase", "Software Engineer", "Engineering"),
    Person("ioana.badea", "Ioana", "Bădea", "Legal Counsel", "Legal", has_photo=False),
    Person("lihua.wang", "丽华", "王", "Data Scientist", "Engineering", display="王丽华 (Wang Lihua)"),
    Person("haruto.sato", "陽翔", "佐藤", "Designer", "Design", display="佐藤 陽翔"),
    Person("jurgen.muller", "Jürgen", "Müller", "Facility Manager", "Operations", mail_alias="juergen.mueller"),
    Person("amara.okafor", "Amara", "Okafor", "Chief Operating Officer", "Leadership"),
    Person("priya.nair", "Priya", "Nair", "Finance Lead", "Finance"),
    Person("olivia.martin", "Olivia", "Martin", "Recruiter", "People"),
    Person("tomasz.zielinski", "Tomasz", "Zieliński", "Support Engineer", "IT"),
    Person("fatima.alzahra", "Fatima", "Al-Zahra", "Product Owner", "Engineering"),
    Person("lars.hansen", "Lars", "Hansen", "Chief Executive Officer", "Leadership"),
    Person("carmen.ortega", "Carmen", "Ortega", "Marketing Manager", "Marketing"),
    Person("noah.becker", "Noah", "Becker", "Intern", "Engineering", has_photo=False),
    Person("gheorghe.tiriac", "Gheorghe", "Țiriac", "Warehouse Manager", "Operations"),
    Person("elena.dragan", "Elena", "Drăgan", "Chief Financial Officer", "Leadership"),
    Person("victor.stanescu", "Victor", "Stănescu", "Sales Representative", "Sales"),
    Person("minjun.kim", "민준", "김", "QA Engineer", "Engineering", display="김민준 (Kim Minjun)"),
    Person("sofia.rossi", "Sofia", "Rossi", "Office Assistant", "Operations"),
    Person("kwame.mensah", "Kwame", "Mensah", "Security Analyst", "IT"),
)

PEOPLE: Mapping[str, Person] = MappingProxyType({person.upn: person for person in _PEOPLE})
"""The cast, by UPN in lower case. Whoever else works here is in the tenant's roster."""

SUBJECT = "ana.popescu@contoso.com"
"""UPN of the user whom the faults affect."""

ACCOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "ana": SUBJECT,
        "helpdesk": "helpdesk@contoso.com",
        "stefan": "stefan.tanase@contoso.com",
        "lihua": "lihua.wang@contoso.com",
        "jurgen": "jurgen.muller@contoso.com",
        "ioana": "ioana.badea@contoso.com",
    }
)
"""UPNs of the accounts that may sign in by a short name. Everybody else can sign in as well."""
