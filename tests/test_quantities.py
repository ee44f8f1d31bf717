"""What `verifier.quantities` promises: exact values, careful comparison, bounded time."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.quantities import Kind, Outcome, check, compare, describe, extract, read_dateline
from verifier.quantities.numbers import read_number

AS_OF = date(2021, 11, 23)


def only(text: str) -> dict[str, object]:
    """Describe the one quantity of `text`."""
    [quantity] = extract(text)
    return describe(quantity)


def values(text: str) -> list[tuple[str, object, object, object]]:
    """Give kind, low, high and unit of the measured quantities of `text`."""
    found = (describe(q) for q in extract(text) if q.kind not in {Kind.DATE, Kind.IDENTIFIER})
    return [(str(d["kind"]), d["low"], d["high"], d["unit"]) for d in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nearly 470 police chiefs", ("count", 446.5, 470, "chief")),
        ("some 160 countries", ("count", 152, 168, "country")),
        ("more than two and a half million people", ("count", 2.5e6, None, "person")),
        ("at least 12 of the delegates", ("count", 12, None, "delegate")),
        ("fewer than 20 dogs", ("count", None, 20, "dog")),
        ("between 5 and 10 cats", ("count", 5, 10, "cat")),
        ("5–10 cats", ("count", 5, 10, "cat")),
        ("dozens of people", ("count", 24, 100, "person")),
        ("a dozen eggs", ("count", 12, 12, "egg")),
        ("1,00,000 homes", ("count", 1e5, 1e5, "home")),
        ("12 000 homes", ("count", 12000, 12000, "home")),
        ("the 195th member country", ("ordinal", 195, 195, "country")),
        ("its second-largest city", ("ordinal", 2, 2, "city")),
        ("20 per cent", ("percent", 20, 20, "%")),
        ("3 percentage points", ("percent", 3, 3, "percentage point")),
        ("a third of voters", ("share", 1 / 3, 1 / 3, "")),
        ("nine out of ten", ("share", 0.9, 0.9, "")),
        ("US$1.2bn", ("money", 1.2e9, 1.2e9, "USD")),
        ("€5-6 million", ("money", 5e6, 6e6, "EUR")),
        ("Rs 500 crore", ("money", 5e9, 5e9, "INR")),
        ("50 cents", ("money", 0.5, 0.5, "USD")),
        ("a week-long trip", ("duration", 7, 7, "day")),
        ("the three-day meeting", ("duration", 3, 3, "day")),
        ("two and a half years", ("duration", 30, 30, "month")),
        ("2 hours and 30 minutes", ("duration", 9000, 9000, "second")),
        ("three times a year", ("frequency", 3, 3, "per year")),
        ("every two weeks", ("frequency", 26, 26, "per year")),
        ("3:30 p.m.", ("time", 930, 930, "")),
        ("half past two", ("time", 150, 150, "12-hour")),
        ("one to five in the afternoon", ("time", 780, 1020, "")),
        ("between midnight and five in the morning", ("time", 0, 300, "")),
        ("it lasted an hour and three quarters", ("duration", 6300, 6300, "second")),
        ("minus 5 °C", ("temperature", -5, -5, "°C")),
        ("68 °F", ("temperature", 20, 20, "°C")),
        ("6 miles", ("distance", 9656.064, 9656.064, "m")),
        ("70kg", ("weight", 70, 70, "kg")),
        ("it weighs 100 pounds", ("weight", 45.359237, 45.359237, "kg")),
        ("it costs 100 pounds", ("money", 100, 100, "GBP")),
        ("3 hectares", ("area", 30000, 30000, "m2")),
        ("100 km/h", ("speed", 100, 100, "km/h")),
        ("a 34-year-old man", ("age", 34, 34, "year")),
        ("Jane Smith, 34, said", ("age", 34, 34, "year")),
        ("in his 30s", ("age", 30, 39, "year")),
        ("won 3–1", ("score", 3, 1, "")),
        ("2 million Danish kroner", ("money", 2e6, 2e6, "DKK")),
        ("R250 million", ("money", 2.5e8, 2.5e8, "ZAR")),
        ("he weighs ten stone", ("weight", 63.5029318, 63.5029318, "kg")),
        ("it spreads over 40 acres", ("area", 161874.256896, 161874.256896, "m2")),
        ("two thousand, three hundred boats", ("count", 2300, 2300, "boat")),
        ("the 14th mayor spoke", ("ordinal", 14, 14, "mayor")),
        ("a second chance", ("ordinal", 2, 2, "chance")),
    ],
)
def test_a_quantity_is_read_with_its_value_in_the_base_unit(
    text: str, expected: tuple[str, float | None, float | None, str]
) -> None:
    [(kind, low, high, unit)] = values(text)
    assert (kind, unit) == (expected[0], expected[3])
    assert (low, high) == pytest.approx(expected[1:3])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("23 – 25 November", "--11-23", "--11-25"),
        ("November 25", "--11-25", "--11-25"),
        ("25.11.2021", "2021-11-25", "2021-11-25"),
        ("2021-11-25", "2021-11-25", "2021-11-25"),
        ("30 November – 2 December 2021", "2021-11-30", "2021-12-02"),
        ("30 December – 2 January 2022", "2021-12-30", "2022-01-02"),
        ("May 3–5, 2020", "2020-05-03", "2020-05-05"),
        ("the third of May", "--05-03", "--05-03"),
        ("spring 2021", "2021-spring", "2021-spring"),
        ("the 1990s", "199x", "199x"),
        ("the 20th century", "19xx", "19xx"),
        ("Q3 2024", "2024-Q3", "2024-Q3"),
        ("2014–18", "2014", "2018"),
        ("between 2014 and 2018", "2014", "2018"),
        ("03/04/2021", "2021-03-04|2021-04-03", "2021-03-04|2021-04-03"),
        ("13/04/2021", "2021-04-13", "2021-04-13"),
        ("nineteen eighty-four", "1984", "1984"),
        ("yesterday", None, None),
        ("early May to late September", "--05", "--09"),
        ("23 November until the 25th", "--11-23", "--11-25"),
    ],
)
def test_a_date_keeps_its_precision_and_its_missing_parts(
    text: str, first: str | None, last: str | None
) -> None:
    found = only(text)
    assert (found["kind"], found["from"], found["to"]) == ("date", first, last)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", "2021-11-22"),
        ("the day before yesterday", "2021-11-21"),
        ("last Monday", "2021-11-22"),
        ("next year", "2022"),
        ("three days ago", "2021-11-20"),
        ("two years ago", "2019"),
        ("It opened on Monday", "2021-11-22"),
        ("It opened on Tuesday", "2021-11-23"),
        ("It will open on Thursday", "2021-11-25"),
        ("last autumn", "2020-autumn"),
    ],
)
def test_a_relative_date_is_resolved_against_the_day_given(text: str, day: str) -> None:
    [found] = extract(text, as_of=AS_OF)
    assert describe(found)["from"] == day


@pytest.mark.parametrize(
    "text",
    [
        "No. 5",
        "a Boeing 747 landed",
        "Article 7 applies",
        "call +44 20 7946 0958",
        "call 555-123-4567",
        "COVID-19",
        "version 2.13.0",
        "ISO 9001",
        "the G20 summit",
        "Route 66",
        "Windows 11",
        "Psalm 23",
        "John 3:16",
        "see chapter 5 on page 12",
        "open 24/7",
        "a 5G phone in 4K",
        "221B Baker Street",
        "he lives at 12 Elm Road",
        "a letter to 60601, Chicago",
        "in Case T-201/04",
        "Directive 2002/58/EC",
        "the nebula NGC 7000",
        "the file 2019-00312",
        "1. The budget is late.",
        "Reasons:\n1. It rains.\n2. It snows.",
        "The Three Musketeers",
        "192.168.0.1",
        "www.example.org/2020/12/5",
        "ISBN 978-3-16-148410-0",
    ],
)
def test_a_name_with_a_number_has_no_value(text: str) -> None:
    assert [q for q in extract(text) if q.kind is not Kind.IDENTIFIER] == []


@pytest.mark.parametrize(
    "text",
    [
        "one of the best",
        "no one knows",
        "one another",
        "a third party",
        "the first lady",
        "at first",
        "the second half",
        "second-hand",
        "it may rain in the march of time",
        "Theresa May spoke",
        "half-time",
        "the First World War",
        "the Group of Eight met",
        "the Big Five banks",
        "in the first place, it is late",
        "met by Summer Jones",
    ],
)
def test_a_word_that_only_looks_like_a_number_is_no_quantity(text: str) -> None:
    assert extract(text) == []


ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
ONES += "fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = number % size
            return f"{in_words(number // size)} {name}" + (f" {in_words(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{ONES[number // 100 - 1]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10 - 1]}" if number % 10 else "")
    return ONES[number - 1]


@settings(deadline=None)  # the machine may be busy
@given(st.integers(1, 10**12 - 1))
def test_a_number_reads_back_the_same_however_it_is_written(number: int) -> None:
    for written in (
        str(number),
        f"{number:,}",
        f"{number:,}".replace(",", "\u00a0"),
        in_words(number),
    ):
        found = read_number(written, 0)
        assert found is not None
        assert (found.value, found.end) == (number, len(written))


@settings(deadline=None)  # the machine may be busy
@given(
    st.integers(1, 999),
    st.integers(0, 9),
    st.sampled_from([("bn", 1e9), (" million", 1e6), ("k", 1e3)]),
)
def test_money_reads_back_at_its_scale(whole: int, tenth: int, scale: tuple[str, float]) -> None:
    found = only(f"It cost ${whole}.{tenth}{scale[0]}.")
    assert (found["kind"], found["unit"]) == ("money", "USD")
    assert found["low"] == pytest.approx((whole + tenth / 10) * scale[1])


@settings(deadline=None)  # the machine may be busy
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_reads_back_the_same_however_it_is_written(day: date) -> None:
    month = f"{day:%B}"
    for written in (
        f"{day.day} {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"the {day.day}th of {month} {day.year}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
    ):
        [found] = extract(f"It opened on {written}.")
        assert describe(found)["from"] == day.isoformat()


PIECES = st.sampled_from(
    """1 23 470 1,000 2021 1.5 - – / : . , ( ) $ € % one two hundred million half a third of and to
    between more than nearly May 25 November Monday years old km ft per cent first second in every
    times week ago Q3 1990s no. +44 \n st th ½ ' bn""".split(" ")
)


@settings(deadline=None)  # the machine may be busy
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(PIECES, max_size=30).map(" ".join),
        st.lists(PIECES, max_size=30).map("".join),
    )
)
def test_any_text_gives_ordered_disjoint_quantities_with_exact_places(text: str) -> None:
    end = 0
    for quantity in extract(text, as_of=AS_OF):
        assert end <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.low <= quantity.high or quantity.kind is Kind.SCORE
        describe(quantity)
        end = quantity.end


@settings(deadline=None)  # the machine may be busy
@given(st.lists(PIECES, max_size=20).map(" ".join), st.lists(PIECES, max_size=20).map(" ".join))
def test_a_text_never_contradicts_itself_and_check_never_fails(first: str, second: str) -> None:
    check(first, second)
    for quantity in extract(first):
        assert compare(quantity, quantity).outcome is not Outcome.CONFLICT


@pytest.mark.parametrize(
    "unit",
    [
        "1,", "one hundred ", "1", "1 ", "1-", "one-", "$", "twenty ", "a half of a ", "May 1 - ",
        "1:", "5 ft ", "between 1 and ", "one and a half ", "1/2", "+1", "Q1 ", "@1", "A 1",
        "1 st ", "2014-",
        "½", "about about ", "\n", "1 hour ", "'90s", "in in ", "every ", "the third ",
    ],
)  # fmt: skip
def test_time_grows_in_proportion_to_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        began = time.perf_counter()
        extract(text)
        return time.perf_counter() - began

    short = min(seconds(4_000) for _ in range(3))
    long = min(seconds(64_000) for _ in range(3))
    assert long < 16 * max(short, 0.001) * 4  # a quadratic reader would take 256 times as long


def values_agree(claim: str, evidence: str) -> Outcome:
    [first], [second] = extract(claim), extract(evidence)
    return compare(first, second).outcome


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("about 470", "468"),
        ("nearly 470", "fewer than 500"),
        ("more than 450", "468"),
        ("1.2 billion", "1,187,234,000"),
        ("in November", "23 November"),
        ("25 November 2021", "25 November"),
        ("20%", "a fifth of it"),
        ("10 km", "6.2 miles"),
        ("two weeks", "14 days"),
        ("every week", "52 times a year"),
        ("the 1990s", "1994"),
        ("3 April 2021", "03/04/2021"),
    ],
)
def test_values_that_can_both_hold_agree(claim: str, evidence: str) -> None:
    assert values_agree(claim, evidence) is Outcome.AGREE


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("999 million", "9 million"),
        ("22–24 November", "23–25 November"),
        ("2024", "2026"),
        ("more than 500", "468"),
        ("more than 6.8 million", "over 6.7 million"),
        ("20%", "30%"),
        ("3-1", "2-1"),
        ("10 km", "12 miles"),
        ("Monday", "Tuesday"),
    ],
)
def test_values_that_exclude_each_other_conflict(claim: str, evidence: str) -> None:
    assert values_agree(claim, evidence) is Outcome.CONFLICT


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("470 chiefs", "160 countries"),
        ("$5", "€5"),
        ("2021", "25 November"),
        ("3 May 2021", "03/04/2021"),
        ("600", "over 470"),
        ("yesterday", "25 November"),
    ],
)
def test_values_of_different_things_or_of_open_order_are_not_compared(
    claim: str, evidence: str
) -> None:
    assert values_agree(claim, evidence) is Outcome.NOT_COMPARABLE


MEETING = (
    "The in-person three-day (23 – 25 November) meeting brings together nearly 470 police chiefs, "
    "ministers and senior law enforcement officials from some 160 countries."
)
MEMBER = "Delegates voted to admit Micronesia as the Organization’s 195th member country."
LIFE = "Smith was born on March 4, 1952. He died on 3 May 1999."


@pytest.mark.parametrize(
    ("claim", "evidence", "outcome"),
    [
        ("The in-person meeting is held on 22–24 November.", MEETING, Outcome.CONFLICT),
        ("The meeting is held in November.", MEETING, Outcome.AGREE),
        ("The meeting lasts three days.", MEETING, Outcome.AGREE),
        ("Police chiefs from 190 countries attend.", MEETING, Outcome.CONFLICT),
        ("Fewer than 500 police chiefs meet.", MEETING, Outcome.AGREE),
        ("The fees were 300 euros.", MEETING, Outcome.NOT_COMPARABLE),
        ("There were 194 member countries before Micronesia.", MEMBER, Outcome.AGREE),
        ("There were 190 member countries before Micronesia.", MEMBER, Outcome.CONFLICT),
        ("Smith died aged 47.", LIFE, Outcome.AGREE),
        ("Smith died aged 49.", LIFE, Outcome.CONFLICT),
        ("The tower is now 60 m high.", "The tower is 50 m high.", Outcome.CONFLICT),
        ("Ann got two thirds.", "Bob got a third of it and Ann the rest.", Outcome.AGREE),
        ("The boxes hold 60 jars.", "There are 5 boxes; each holds 12 jars.", Outcome.AGREE),
        ("She left at 8 am.", "She left at 9 am, not after noon as planned.", Outcome.CONFLICT),
        (
            "The mill shut in the 1990s.",
            "It opened in the 1970s. The mill shut two decades later.",
            Outcome.AGREE,
        ),
        ("Rovers won by three goals.", "Rovers beat United 4-1.", Outcome.AGREE),
        ("In total 27 people were hurt.", "12 men and 15 women were hurt.", Outcome.AGREE),
        ("The fire lasted two days.", "The fire burned from 23 to 25 May.", Outcome.NOT_COMPARABLE),
        (
            "The film opened in 2014.",
            "The film, which opened in 2016, was shot in 2014.",
            Outcome.AGREE,
        ),
    ],
)
def test_a_claim_is_held_against_what_is_said_of_the_same_thing(
    claim: str, evidence: str, outcome: Outcome
) -> None:
    [finding] = check(claim, evidence)
    assert finding.outcome is outcome


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Group A had 15 patients.", "Group A had 12 patients and Group B had 14."),
        ("John H Smith was born in 1951.", "John G Smith was born in 1950."),
    ],
)
def test_a_shared_letter_or_an_initial_tells_nothing_apart(claim: str, evidence: str) -> None:
    assert Outcome.CONFLICT in [each.outcome for each in check(claim, evidence)]


def test_what_is_relative_in_the_same_words_is_the_same_time() -> None:
    claim = "Last year 14 ships called at the port."
    evidence = "41 ships called at the port last year."
    assert Outcome.CONFLICT in [each.outcome for each in check(claim, evidence)]
    assert Outcome.CONFLICT not in [
        each.outcome for each in check(claim, evidence.replace("last", "this"))
    ]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The museum has 12 rooms.", "The hotel has 15 rooms."),
        ("Line A was extended to the zoo in 2005.", "Line C was extended to the zoo in 2017."),
        ("Line A ran for 12 years.", "Line C ran from 1990 to 2005."),
        ("The Serenade is Amsel's third work.", "The Overture in D is Amsel's sixth work."),
        ("The firm made a profit of $5 million.", "The firm reported revenue of $7 million."),
        ("Unemployment rose to 5%.", "Inflation rose to 7%."),
        ("The bridge opened in 1932.", "The bridge was damaged in 1945."),
        ("The festival began on 3 May.", "The festival ended on 9 May."),
        ("Two people died in the crash.", "Five people were injured in the crash."),
        ("Anna Lee, 34, won.", "John Park, 28, said he was glad."),
        ("Imports fell by 12%.", "Exports fell by 8%, imports by 12%."),
        ("The meeting is on 3 May 2021.", "The meeting was set for 03/04/2021."),
        ("The singer's manager is 61 years old.", "The singer is 34 years old."),
        ("The cat weighs 4 kg.", "The dog weighs 20 kg, and the cat less."),
        ("Some 40 percent of pilots agreed.", "Some 70 percent of sailors agreed."),
        ("In June the shop sold 90 lamps.", "In May the shop sold 40 lamps."),
        ("No tree is taller than 30 m.", "The tallest tree measures 25 m."),
        ("The hall costs 20 euros more than the barn.", "The hall costs 90 euros."),
    ],
)
def test_a_different_value_of_another_thing_is_no_conflict(claim: str, evidence: str) -> None:
    assert [f for f in check(claim, evidence) if f.outcome is Outcome.CONFLICT] == []


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Each turbine has a capacity of 5 MW.", "The turbines have 96 MW in total."),
        ("The service is due to start in April.", "The service started in June, two months late."),
        ("Each pier is 14 metres high.", "It measures 312 metres and rests on seven piers."),
        ("The jetty is 2 metres wide.", "The jetty is 18 metres long."),
        ("The second tower is 30 m high.", "The tower is 20 m wide."),
        ("Eleven of the volunteers are women.", "The station has 28 volunteers."),
        (
            "The bridge and the road cost 40 million.",
            "The bridge cost 15 million, the road 25 million.",
        ),
        (
            "For each car there were about four passengers.",
            "It carried 900 passengers and 310 cars.",
        ),
        ("In 2022 her rating was 2,340.", "Her rating was 2,190 between 2021 and 2024."),
        ("The smallest bell weighs 300 kg.", "The largest bell weighs 4.8 tonnes."),
        ("Last year they brought in 35,000 tonnes.", "They brought in 31,600 tonnes."),
        (
            "In the second year one in twenty breaks off.",
            "One in eight breaks off in the first year.",
        ),
        ("Together the dams supply 235 MW.", "One dam supplies 95 MW, the other a little more."),
        ("Varmo sold 120,000 heaters of type H5.", "Varmo sold 46,000 heaters of type H3."),
        ("Flight 33 carried 120 passengers.", "Flight 31 carried 90 passengers."),
    ],
)
def test_a_word_beside_the_value_may_say_that_it_is_of_something_else(
    claim: str, evidence: str
) -> None:
    assert Outcome.CONFLICT not in {f.outcome for f in check(claim, evidence)}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Membership rose to 22,000.", "Membership was down from 22,000 to 19,000."),
        ("Membership grew by 110.", "There were 110 fewer members than the year before."),
        ("The tax rose from 12% to 15%.", "The tax was cut from 15% to 12%."),
        ("It was approved by 9 votes to 14.", "It was approved by 14 votes to 9."),
        ("Net profit was €63 million.", "Net profit fell to €51 million from €63 million."),
        ("Station 77 was closed in 2019.", "Station 7 was closed in 2019."),
        ("The total was not 500.", "The total was 500."),
        ("In the year before last they made 1.6 litres.", "They made 1.4, 0.2 more than before."),
        ("The line opens at 9 a.m.", "Surgery is at 8.30; the line opens half an hour earlier."),
    ],
)
def test_equal_values_of_opposite_changes_or_of_other_things_dont_agree(
    claim: str, evidence: str
) -> None:
    assert Outcome.AGREE not in {finding.outcome for finding in check(claim, evidence)}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Membership rose to 22,000.", "Membership climbed to 22,000 from 19,000."),
        ("Profit had been €63 million.", "Profit fell from €63 million to €51 million."),
        ("There are 110 more members.", "Membership grew by 110."),
        ("Up to 40 people may enter.", "No more than 40 people may enter."),
        ("It was approved by 14 votes to 9.", "It was carried with 14 votes to 9."),
        ("Station 7 was closed in 2019.", "Station 7 was closed in 2019, as was Station 9."),
        ("Each turbine has a capacity of 4 MW.", "The 24 turbines have 96 MW in total."),
    ],
)
def test_the_same_change_of_the_same_thing_agrees(claim: str, evidence: str) -> None:
    assert {finding.outcome for finding in check(claim, evidence)} == {Outcome.AGREE}


def test_a_value_that_follows_by_another_step_is_no_conflict() -> None:
    for claim, evidence in (
        ("It reaches the tearoom after 12 km.", "It runs 24 km, with a tearoom exactly midway."),
        ("The marsh added 115 hectares.", "The reserve grew from 310 to 425 hectares."),
        ("Rent and kitty come to 500 dollars.", "Three pay 450 dollars rent and 50 dollars each."),
        ("There were 24 a year earlier.", "There were 18, six fewer than a year earlier."),
    ):
        assert Outcome.CONFLICT not in {finding.outcome for finding in check(claim, evidence)}


def test_a_share_of_a_part_and_its_whole_conflicts_with_another() -> None:
    evidence = "Of the 240 trees felled by the storm, 80 were beeches."
    (half,) = check("Half of the trees felled by the storm were beeches.", evidence)
    (third,) = check("A third of the trees felled by the storm were beeches.", evidence)
    (oaks,) = check("A quarter of the trees felled by the storm were oaks.", evidence)
    found = [half.outcome, third.outcome, oaks.outcome]
    assert found == [Outcome.CONFLICT, Outcome.AGREE, Outcome.NOT_COMPARABLE]


def test_a_finding_says_which_other_thing_the_source_is_about() -> None:
    finding, _ = check("Station 77 was closed in 2019.", "Station 7 was closed in 2019.")
    assert finding.message == "claim is about Station 77; source is about Station 7"


def test_a_finding_names_both_values_in_one_sentence() -> None:
    [finding] = check("The in-person meeting is held on 22–24 November.", MEETING)
    assert finding.message == "claim says 22–24 November; source says 23 – 25 November"
    assert finding.evidence is not None
    assert MEETING[finding.evidence.start : finding.evidence.end] == "23 – 25 November"


def test_shares_are_worked_out_from_two_counts() -> None:
    evidence = f"{MEETING} INTERPOL has 195 member countries."
    share, whole = check("More than half of the 195 member countries sent officials.", evidence)
    assert (share.outcome, whole.outcome) == (Outcome.AGREE, Outcome.AGREE)


GATHERING = (
    "The gathering takes place in person and lasts three days, from 23 to 25 November. Nearly 470 "
    "people are taking part: chiefs of police and ministers, sent by some 160 countries."
)
ELECTED = "He was first elected in 2014, and his second mandate ends in 2024."


@pytest.mark.parametrize(
    ("claim", "evidence", "outcome"),
    [
        ("the assembly ran 20–22 November", GATHERING, Outcome.CONFLICT),
        ("the assembly ran 23–25 November", GATHERING, Outcome.AGREE),
        ("Delegates met from 23 to 30 November.", GATHERING, Outcome.CONFLICT),
        ("The meeting started on 22 November.", GATHERING, Outcome.CONFLICT),
        ("The meeting started on 23 November.", GATHERING, Outcome.AGREE),
        ("The conference ended on 24 November.", GATHERING, Outcome.CONFLICT),
        ("The summit stretched over the last week of October.", GATHERING, Outcome.CONFLICT),
        ("The assembly went on for five days.", GATHERING, Outcome.CONFLICT),
        ("Nearly 740 police chiefs and ministers attended.", GATHERING, Outcome.CONFLICT),
        ("The mandate ends ten years after he was elected.", ELECTED, Outcome.AGREE),
        ("The mandate ends 15 years after he was elected.", ELECTED, Outcome.CONFLICT),
        ("He took part in his third assembly.", ELECTED, Outcome.NOT_COMPARABLE),
        ("The previous assembly was the 88th.", "The 89th assembly is on.", Outcome.AGREE),
        ("The previous assembly was the 86th.", "The 89th assembly is on.", Outcome.CONFLICT),
        ("Until Micronesia joined there were 194 members.", MEMBER, Outcome.AGREE),
        ("Until Micronesia joined there were 192 members.", MEMBER, Outcome.CONFLICT),
        ("The entry of Micronesia brought it to 159 member countries.", MEMBER, Outcome.CONFLICT),
        (
            "The team gathers four times each year.",
            "The team meets twice a year.",
            Outcome.CONFLICT,
        ),
        (
            "The festival ran from 9 to 11 May.",
            "A festival is planned too. The conference lasts from 5 to 7 June.",
            Outcome.NOT_COMPARABLE,
        ),
        (
            "The trial was held between 24 and 29 May.",
            "The trial was held from 25 to 27 May.",
            Outcome.AGREE,
        ),
        (
            "The talks lasted an hour and a half.",
            "The talks opened at 18:30 and closed at 20:00.",
            Outcome.AGREE,
        ),
        (
            "More than 500 ferries were cancelled.",
            "Of the 9,120 ferries in the timetable, 274 were cancelled.",
            Outcome.CONFLICT,
        ),
        (
            "The film made over $80 million worldwide.",
            "It made $68 million at home and $15 million abroad, worldwide a total of $83 million.",
            Outcome.AGREE,
        ),
    ],
)
def test_the_same_thing_may_be_said_in_other_words(
    claim: str, evidence: str, outcome: Outcome
) -> None:
    assert outcome in {finding.outcome for finding in check(claim, evidence)}
    if outcome is not Outcome.CONFLICT:
        assert Outcome.CONFLICT not in {finding.outcome for finding in check(claim, evidence)}


def test_claim_and_evidence_may_be_written_on_different_days() -> None:
    def outcome(as_of: date | None, written: date | None) -> Outcome:
        claim, evidence = "The mayor resigned yesterday.", "The mayor resigned on Monday."
        [finding] = check(claim, evidence, as_of=as_of, written=written)
        return finding.outcome

    assert outcome(AS_OF, AS_OF) is Outcome.AGREE  # Monday was the 22nd
    assert outcome(AS_OF, None) is Outcome.AGREE
    assert outcome(date(2021, 11, 30), AS_OF) is Outcome.CONFLICT
    assert outcome(None, AS_OF) is Outcome.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("ISTANBUL, 23 November 2021 – Police chiefs met.", AS_OF),
        ("Title\n\nISTANBUL, Nov. 23, 2021 (AP) — Police chiefs met.", AS_OF),
        ("Lyon, France, 23 November 2021: Police chiefs met.", AS_OF),
        ("# Title\n\nPublished: 2021-11-23\n\nText.", AS_OF),
        ("Published on Tuesday, 23 November 2021, 10:15 GMT\nText.", AS_OF),
        ("**Date:** 23 Nov 2021\nText.", AS_OF),
        ("---\ntitle: Crime\ndate: '2021-11-23T10:00:00Z'\n---\nText.", AS_OF),
        ("Title\n23 November 2021\nText.", AS_OF),
        ("Published: 23 November 2021\nOn 24 November 2021 it rained.", AS_OF),
        ("ISTANBUL, 23 November – Police chiefs met.", None),
        ("Published: 03/04/2021", None),
        ("Published: November 2021", None),
        ("Minutes of the meeting of Tuesday, 11 March 2025", None),
        ("On 23 November 2021 police chiefs met.", None),
        ("Istanbul, 23 November 2021 was a cold day.", None),
        ("Text.\n" * 30 + "Published: 2021-11-23", None),
        ("", None),
    ],
)
def test_a_dateline_is_a_whole_date_at_the_head(head: str, day: date | None) -> None:
    assert read_dateline(head) == day


@given(st.text(max_size=60))
def test_any_head_is_read(text: str) -> None:
    read_dateline(f"{text}\nPublished: {text}\n")


def test_the_import_is_cheap() -> None:
    code = "import sys, verifier.quantities; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"torch", "transformers", "datasets", "numpy", "onnxruntime", "tantivy"}


def test_a_day_within_a_claimed_range_settles_nothing() -> None:
    evidence = "On 20 November the board met."
    assert check("the assembly ran 20–22 November", evidence)[0].outcome is Outcome.NOT_COMPARABLE
    assert check("the board met in November", evidence)[0].outcome is Outcome.AGREE
    assert check("the board met between 20 and 22 November", evidence)[0].outcome is Outcome.AGREE


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "Half of the county's ponds are full.",
            "A quarter of the county's wells are full.",
        ),
        ("Barley exports fell by 5 percent.", "Exports of wheat fell by 9 percent."),
        (
            "The caretaker earns €40,000 a year.",
            "The caretaker was absent. The head of music earns €60,000 a year.",
        ),
        ("The sisters' elder cousin weighs 80 kg.", "The sisters weigh 50 kg each."),
        ("The Herons won their previous game 30-12.", "The Herons won the game 14-3."),
        ("It came out in Ghana on 3 May 2018.", "It came out in Peru on 9 May 2018."),
        ("There were 30 cases before 4 May.", "As of 6 May, there were 30 cases."),
        ("The city ranked above the 5th.", "The city ranked 4th."),
        ("Twelve of the shops were not shut.", "The strike shut 38 of the shops."),
        ("In a week the cow gives 196 litres.", "The cow gives 28 litres of milk a day."),
    ],
)
def test_a_value_of_something_else_in_the_same_place_is_no_conflict(
    claim: str, evidence: str
) -> None:
    assert all(finding.outcome is not Outcome.CONFLICT for finding in check(claim, evidence))


def test_what_a_claim_denies_is_no_conflict_and_what_it_denies_elsewhere_doesnt_matter() -> None:
    denied = check("The bridge did not open in 1998.", "The bridge opened in 2003.")
    assert [finding.outcome for finding in denied] == [Outcome.NOT_COMPARABLE]
    first, *_ = check("Smith won 3 medals, not 2.", "Smith won 5 medals.")
    assert first.outcome is Outcome.CONFLICT


def test_minutes_to_an_hour_are_a_time_only_where_no_duration_follows() -> None:
    told = "The trip takes forty minutes to one hour."
    assert check("The ferry left at 12:20.", told)[0].outcome is Outcome.NOT_COMPARABLE
    assert check("The trip takes an hour.", told)[0].outcome is Outcome.AGREE


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The film Marlow earned $5 million.", "Marlow grossed $9 million."),
        ("Dave Orrin was born in 1990.", "David Paul Orrin (born 1988) is a rower."),
        ("Six climbers turned back.", "Of 15 climbers, two turned back."),
        ("The lamp flashes twice a minute.", "The lamp flashes six times a minute."),
        ("Larger openings: more than 12 boats.", "The largest opening had 9 boats."),
    ],
)
def test_other_words_for_the_same_thing_leave_a_conflict(claim: str, evidence: str) -> None:
    assert any(finding.outcome is Outcome.CONFLICT for finding in check(claim, evidence))
