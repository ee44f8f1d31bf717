"""How values compare in ordinary news text: a pair a line, by what must come out."""

from datetime import date

import pytest

from verifier.quantities import Outcome, check

AGREE = [
    ("350 people attended the fair in 2019.", "In 2019 fewer than 400 people attended the fair."),
    ("By May 5 340 people were there.", "By May 5 more than 300 people were there."),
    (
        "The rescuers arrived at 14:30.",
        "Rescuers arrived 30 minutes after the quake struck at 14:00.",
    ),
    (
        "The count was finished at 22:00.",
        "Two hours after the polls closed at 20:00, the count was finished.",
    ),
    ("The players met at 13:00.", "The players met two hours before kick-off at 15:00."),
    (
        "The rescuers came at 14:30.",
        "The quake struck at 14:00. Rescuers came 30 minutes after that.",
    ),
    ("The fund started at $9 million.", "The fund was cut from $9 million to $5 million."),
    (
        "Athletes of 12 countries increased their output.",
        "Athletes from 12 countries increased their output.",
    ),
    ("Athletes of 27 countries gained 40 medals.", "Athletes from 27 countries gained 40 medals."),
    ("5,000 people gave money.", "Gifts from 5,000 people raised the money."),
    ("Prices fell to 40% among higher earners.", "Prices fell among higher earners to 40%."),
    (
        "Support grew to 40% among those with lower incomes.",
        "Support grew among those on lower pay to 40%.",
    ),
    ("Flight MH-370 carried 239 people.", "Flight MH370 carried 239 people."),
    ("The F-16 jet cost $20 million.", "The jet F16 cost $20 million."),
    ("Article 5 was signed by 12 states.", "Article five was signed by 12 states."),
    ("Motion 07 got 40 votes.", "Motion 7 got 40 votes."),
    ("Flight 93 carried 44 people.", "Flight UA93 carried 44 people."),
    ("Item 4 takes 20 minutes.", "Item 4.1 takes 20 minutes."),
    (
        "The road between A1 and M25 cost $20 million.",
        "The road between M25 and A1 cost $20 million.",
    ),
    ("It was not until 2019 that the bridge opened.", "The bridge opened in 2019."),
    (
        "The mayor not only opened 12 parks but planted 300 trees.",
        "The mayor opened 12 parks and planted 300 trees.",
    ),
    (
        "The firms that did not pay were fined $5 million.",
        "The firms that failed to pay were fined $5 million.",
    ),
    ("Twelve members did not attend.", "Twelve members were absent."),
    ("Feed was cheaper in 2021 than in 2022.", "Feed was cheaper in 2021 than in 2022."),
    ("They met at 17:00.", "The match began at 15:00, and two hours afterward they met."),
    ("They met at 13:00.", "The match began at 15:00; they had met two hours beforehand."),
    (
        "Loans went up by 1,350 from 2023 to 2024.",
        "They had 41,250 loans in 2024, of which 6,180 were e-books, and 39,900 loans in 2023.",
    ),
    (
        "The south line carries three times as many people as the north line.",
        "The south line carries 60,000 people, the north line 20,000.",
    ),
    (
        "The fund pays €1.44 million.",
        "The work costs €3.6 million. The fund pays 40 per cent of it.",
    ),
    ("The team averaged over 30 points a game.", "The team averaged 35 points a game."),
    ("More than 300 people were hurt.", "299 people were killed and 350 hurt."),
    ("More than 100 houses burned down.", "98 houses were damaged and 120 burned down."),
    ("More than 500 people were killed in total.", "The raid killed 300 men and 250 women."),
    ("The fire killed 160 people.", "Some 160 people died in the blaze."),
    ("Damage came to $3 million.", "The flood cost about $3 million."),
    ("He was elected three times as mayor.", "He was elected mayor three times."),
]
CONFLICT = [
    ("Unemployment in Leeds was 5 per cent.", "Unemployment in Leeds was 7%."),
    ("Unemployment in Leeds was 5 per cent.", "Unemployment in Leeds was 7 per cent overall."),
    ("Each boat carries 40 people.", "Each boat carries 50 people, and both boats are full."),
    ("The average temperature was 30°C.", "The average temperature was 20°C in both towns."),
    ("The mayor is serving her third term.", "The mayor is serving her second term."),
    (
        "The festival held its fifth edition in Bonn.",
        "The festival held its fourth edition in Bonn.",
    ),
    ("It was the third round of talks.", "It was the fourth round of talks."),
    ("He won the third stage.", "He won the fourth stage."),
    ("The meeting closed at 18:00.", "The meeting opened at 08:00 and closed at 10:00."),
    (
        "Temperatures in Ghent reached 30°C.",
        "Temperatures in Ghent reached 20°C on Monday and 10°C on Tuesday.",
    ),
    ("Inflation was 5%.", "Inflation was 3%, up from 2% a year before."),
    ("The ticket costs $30.", "The ticket costs $10, and the train €20."),
    (
        "The strike lasted 5 days.",
        "The strike lasted two days, and talks went on for three months.",
    ),
    ("The bridge is due to open on 5 May 2024.", "The bridge will open on 7 May 2024."),
    ("The bridge is expected to cost $5 million.", "The bridge will cost $7 million."),
    ("The tower is 300 metres tall.", "The tower stands 330 metres."),
    ("The tower is 300 metres tall.", "The tower rises to 330 metres."),
    ("The crater is 3 km wide.", "The crater is 4 km across."),
    ("The crater is 3 km in diameter.", "The crater is 4 km across."),
    ("The wreck lies 30 m deep.", "The wreck lies 50 m below."),
    ("More than 7,500 tests were run in Arkansas.", "A total of 7,433 tests have been processed."),
    (
        "The south line carries five times as many people as the north line.",
        "The south line carries 60,000 people, the north line 20,000.",
    ),
    (
        "The fund pays €2.16 million.",
        "The work costs €3.6 million. The fund pays 40 per cent of it.",
    ),
    (
        "Work on the quay started in August 2024.",
        "Rebuilding of the quay began on 16 September 2024.",
    ),
    (
        "The entry of Malta brought the Union to 159 member states.",
        "Malta becomes the Union's 195th member state. Envoys came from some 160 states.",
    ),
    ("The Harriers lost the match 34–17.", "The Harriers led 14–3 at half-time and lost 21–17."),
    ("The mill burned down in the summer of 1740.", "The mill burned down in the winter of 1740."),
    (
        "At the peak of the rush 3,000 people lived there.",
        "At the height of the rush 30,000 people lived there.",
    ),
    (
        "She was minister from 2001 to 2005.",
        "She was minister until 2001. Her book came out in 2005.",
    ),
    ("The film cost $30 million.", "The big-budget film cost $90 million."),
    ("The strike killed 12 fighters.", "The strike on military targets killed 40 fighters."),
    ("The attack killed 12 people.", "The attack, planned by militants, killed 40 people."),
    ("The death toll was 12.", "The death toll was put at 40."),
    ("Sales rose 3 per cent.", "Sales rose more than expected, by 8 per cent."),
    ("The firm lost $140 million.", "The firm had expected a good year but lost $90 million."),
    ("The election was held on 3 May.", "The scheduled election was held on 8 May."),
    ("The tax will rise to 12 per cent.", "The tax rises to 20 per cent from May."),
    ("Will Smith earned $30 million.", "Smith earned $90 million."),
    (
        "The company made $4 million in profit.",
        "The company made $9 million last year on higher sales.",
    ),
    (
        "Two people died after a bus crashed in Lima.",
        "Five people died when a bus crashed in Lima shortly before dawn.",
    ),
    (
        "Fighting in eastern Ukraine killed 12 soldiers.",
        "Fighting killed 30 soldiers in Ukraine, western officials said.",
    ),
    (
        "The crash left 12 people with minor injuries.",
        "The crash left 40 people, mostly adults, with injuries.",
    ),
    ("For decades the plant employed 300 people.", "The plant for cars employed 900 people."),
    ("For instance, Smith won 300 votes.", "Smith ran for mayor and won 500 votes."),
    (
        "She won her third gold medal in 21.5 seconds.",
        "She won her second gold medal in 22.9 seconds.",
    ),
    ("City won 2-1.", "City won 3-1 after 120 minutes."),
    ("At half-time Rovers led 3-0.", "Rovers led 2-0 at half-time."),
    ("He was elected three times as mayor.", "He was elected five times, always as mayor."),
    (
        "The chief executive's base pay was $11.2 million.",
        "The chief executive's base salary was held at $9.4 million, and his bonus lapsed.",
    ),
    ("The penalty for fly-tipping is $250.", "Fly-tippers face a fine of $400."),
    ("Household rubbish is collected once a month.", "Household refuse is collected weekly."),
]
NO_CONFLICT = [
    ("430 people attended the fair in 2019.", "In 2019 more than 400 people attended the fair."),
    ("At 10:30 340 people were there.", "At 10:30 more than 300 people were there."),
    (
        "The rescuers arrived at 14:30.",
        "Rescuers arrived 30 minutes after the quake struck at 14:00.",
    ),
    ("Half of the schools closed.", "A poll of 100 parents found 30 schools closed."),
    ("The crew repaired 50 percent of the ships.", "A crew of 20 people repaired 5 ships."),
    ("It was 50 percent.", "Of the 240 trees, 80 were felled."),
    ("Line A carries 40,000 passengers.", "Line C carries a total of 30,000 passengers."),
    ("Flight 7 carried 120 passengers.", "On 7 May flight 77 carried 90 passengers."),
    ("The tank holds 30 litres.", "The tank holds 20 litres of oil and 10 litres of water."),
    ("The hut stands 300 m above the valley.", "The hut is 20 metres high."),
    ("The bridge is 30 metres wide.", "The bridge is 300 metres long."),
    ("More than 300 tests were run in Arkansas.", "A total of 12 tests went wrong."),
    (
        "Feed cost less in 2021 than in 2022.",
        "Feeding cost 1.9 million, 22 percent more than in 2021.",
    ),
    (
        "The membranes had to be replaced after four years.",
        "The membranes were to last ten years, but they had to be replaced after four.",
    ),
    (
        "A year ago wind covered 32 per cent.",
        "Wind now covers 38 per cent, six points more than a year ago.",
    ),
    (
        "Ten years after the war the town had three cinemas.",
        "Before the war the town had eleven cinemas.",
    ),
    ("With a full load the lorry weighs 13 tonnes.", "Empty, the lorry weighs 7.5 tonnes."),
    ("The firm had sales of $57 million.", "The firm reported a net profit of $4.1 million."),
    (
        "The airline lost $140 million.",
        "Analysts had forecast that the airline would lose $90 million.",
    ),
    ("3,200 runners finished.", "The organisers are expecting 5,000 runners."),
    ("There were 260 vases in the crate.", "Seventeen of the vases in the crate were broken."),
    ("The bridge is 870 metres long.", "The bridge has a main span of 310 metres."),
    ("The Rovers beat the Town 4–1.", "The Rovers led the Town 3–0 at half-time."),
    (
        "The play's second act runs for 35 minutes.",
        "The first act of the play runs for 50 minutes.",
    ),
    (
        "The potters heat the kiln to 1,050 °C for earthenware.",
        "For stoneware, the potters heat the kiln to 1,250 °C.",
    ),
    ("In Maxham, the river crested at 4.4 metres.", "The river crested at 5.2 metres in Torbury."),
    ("Loans went up by 1,350.", "They had 41,250 loans, of which 6,180 were e-books."),
    ("Lunch on the island costs 25 euros.", "A ticket to the island costs 18 euros."),
    ("More than 50 per cent of voters backed Smith.", "49 per cent of voters backed Jones."),
    ("The firm had revenue of more than $100 million.", "The firm had costs of $99 million."),
    ("More than 50 per cent of the trees were oaks.", "49 per cent of the trees were pines."),
    ("The fund will print 4,000 copies.", "The fund printed 3,000 copies."),
    ("Before the war, Mr. Smith owned 12 mills.", "After the war Mr. Smith owned 40 mills."),
    ("Before Brexit the port handled 300 ships.", "After Brexit the port handled 200 ships."),
    ("The lake is five times as deep as the pond.", "The lake is 60 m deep and 120 m wide."),
    (
        "The company invested $4 million.",
        "The company raised $10 million and paid back 20 per cent of it.",
    ),
    (
        "Twelve ministers attended the summit.",
        "Nine hundred people attended the summit at the ministry.",
    ),
    ("The court heard 300 cases.", "The court heard 450 people, many sick."),
    ("Unemployment in Andalusia was 18 per cent.", "Nationwide, unemployment was 11 per cent."),
    ("Resolution 1,441 passed with 15 votes.", "Resolution 1,973 passed with 10 votes."),
    ("Flight KV 217 took off at 13:30.", "Flight KV 217 landed safely at 16:52."),
]
NO_AGREEMENT = [
    (
        "The south line carries more than four times as many people as the north line.",
        "The south line carries 60,000 people on 20,000 trains, the north line 20,000.",
    ),
    ("INTERPOL grew to 159 member countries.", "Delegates were sent by some 160 countries."),
    ("Flight 7 carried 44 people.", "Flight 77 carried 44 people."),
    ("The bridge did not open in 2019.", "The bridge opened in 2019."),
    ("The probe did not launch in 2019.", "The mission launched in 2019."),
    ("The firms that did not pay were not fined $5 million.", "The firms were fined $5 million."),
    ("Rents fell 5 percent in May.", "Rents rose 5 percent in May."),
    ("The price was up 20 percent.", "The price was down 20 percent."),
    ("The company grew by 500.", "The company grew by 300 to 22,000."),
    (
        "He was named four times the best player.",
        "He won 12 titles with Ajax and 3 titles with Inter.",
    ),
    ("Rome has three times fewer buses than Paris.", "Rome has 60 buses and Paris has 20 buses."),
    ("The council met from 3 May to 7 May.", "The mill burned on 3 May. The priest died on 7 May."),
    ("The files may have up to 500 MB.", "The files may have up to 50 MB."),
    (
        "The north line carries three times as many people as the south line.",
        "The south line carries 60,000 people, the north line 20,000.",
    ),
]


def outcomes(claim: str, evidence: str, as_of: date | None = None) -> list[Outcome]:
    return [finding.outcome for finding in check(claim, evidence, as_of=as_of)]


@pytest.mark.parametrize(("claim", "evidence"), AGREE)
def test_every_value_of_the_claim_agrees(claim: str, evidence: str) -> None:
    assert set(outcomes(claim, evidence)) == {Outcome.AGREE}


@pytest.mark.parametrize(("claim", "evidence"), CONFLICT)
def test_a_value_of_the_same_thing_conflicts(claim: str, evidence: str) -> None:
    assert Outcome.CONFLICT in outcomes(claim, evidence)


@pytest.mark.parametrize(("claim", "evidence"), NO_CONFLICT)
def test_a_value_of_another_thing_does_not_conflict(claim: str, evidence: str) -> None:
    assert Outcome.CONFLICT not in outcomes(claim, evidence)


@pytest.mark.parametrize(("claim", "evidence"), NO_AGREEMENT)
def test_a_value_of_another_change_or_thing_does_not_agree(claim: str, evidence: str) -> None:
    assert set(outcomes(claim, evidence)) != {Outcome.AGREE}


def test_a_relative_date_that_is_known_is_a_date_like_others() -> None:
    found = outcomes(
        "Sales were $5 million last year.", "Sales were $7 million in 2023.", date(2024, 3, 1)
    )
    assert found == [Outcome.CONFLICT, Outcome.AGREE]
