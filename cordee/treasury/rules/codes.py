"""The names of refusals and reductions, in the order of the pipeline: the first that applies is named."""

NOT_HELD = "not-held"
UNVALIDATED = "unvalidated"
NOT_A_MEMBER_ORGANIZATION = "not-a-member-organization"
CATEGORY_UNKNOWN = "category-unknown"
NOT_COMPENSATED = "not-compensated"
NOT_GRANTED = "not-granted"
REGION = "region"
NOT_A_MEMBER = "not-a-member"
SECOND_SUPPORTED = "second-supported"
DAY_CAP = "day-cap"
YEARLY_LIMIT = "yearly-limit"

IN_ORDER = (
    NOT_HELD,
    UNVALIDATED,
    NOT_A_MEMBER_ORGANIZATION,
    CATEGORY_UNKNOWN,
    NOT_COMPENSATED,
    NOT_GRANTED,
    REGION,
    NOT_A_MEMBER,
    SECOND_SUPPORTED,
    DAY_CAP,
    YEARLY_LIMIT,
)

# The code of a gross line: it refuses nothing.
GROSS = ""

# Who can settle a flag. What nobody settles only reduces, and is not « held ».
SETTLED_BY = {
    CATEGORY_UNKNOWN: "billing-officer",
    NOT_GRANTED: "executive-committee",
    NOT_A_MEMBER: "responsible-manager",
    SECOND_SUPPORTED: "immediate-superior",
    YEARLY_LIMIT: "executive-committee",
}

# The rule of the edition that each flag applies; `{type}` and `{category}` are those of the attendance.
APPLIES = {
    CATEGORY_UNKNOWN: "rate.category-needed",
    NOT_COMPENSATED: "type.{type}.compensation",
    NOT_GRANTED: "type.{type}.compensation",
    REGION: "type.{type}.region",
    NOT_A_MEMBER: "membership.needed",
    SECOND_SUPPORTED: "type.{type}.single-participation",
    DAY_CAP: "cap.one-day-per-date",
    YEARLY_LIMIT: "type.{type}.yearly-limit",
    NOT_A_MEMBER_ORGANIZATION: "organization.member-needed",
    NOT_HELD: "attendance.recorded",
    UNVALIDATED: "attendance.validated",
}


def rule_key(code: str, *, community_type: str = "", category: str = "") -> str:
    """The key of the rule a flag applies, to be looked up with `Rulebook.find` (bodies have no type)."""
    return APPLIES[code].format(type=community_type, category=category)
