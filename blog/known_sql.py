"""SQL that the ORM wrote once, with a place for each value: what `prepared`, `changing` and `stored` share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

#: Stands for the first number that is asked about while the SQL is written, the next one for the second, and so on.
FIRST = 919_191_000
MOST_NUMBERS = 1 << 15
ALL = "#all"  # of the numbers, as one value


@dataclass(frozen=True, slots=True)
class KnownSql:
    """SQL for one kind of database, and of each parameter the value's name, or "" and the constant."""

    sql: str
    places: list[tuple[str, object]]

    def run(self, cursor, given: Mapping[str, object]) -> None:
        """Execute it with these values by name."""
        cursor.execute(self.sql, [given[name] if name else constant for name, constant in self.places])


def written(connection, sql: str, parameters: Sequence, examples: Mapping[str, object], slots: int) -> KnownSql:
    """Find the places of values in SQL that was written with examples and `slots` numbers from FIRST on.

    Raises ValueError where the examples do not tell which value stands where.
    """
    names = {adapted(connection, value): name for name, value in examples.items()}
    by_list = slots and _takes_lists(connection)
    names |= {FIRST: ALL} if by_list else {FIRST + at: name for at, name in enumerate(_places(slots))}
    places = [(names.get(parameter, ""), parameter) for parameter in parameters]
    if len(names) != len(examples) + slots or not {name for name, _ in places} >= set(names.values()):
        raise ValueError(f"The examples {examples} do not tell which value stands where in: {sql}")
    return KnownSql(*_with_literals(sql, places))


def slots_for(connection, numbers: Sequence[int]) -> int:
    """How many places SQL has for so many numbers: one where the database takes a list for them all, or else a power of
    two, so that little SQL has to be kept.

    Raises ValueError for more numbers than a database takes.
    """
    if len(numbers) > MOST_NUMBERS:
        raise ValueError(f"{len(numbers):,} numbers at once; {MOST_NUMBERS:,} is the most.")
    if not numbers or _takes_lists(connection):
        return min(len(numbers), 1)
    return 1 << (len(numbers) - 1).bit_length()


def named(connection, numbers: Sequence[int], slots: int, values: Mapping[str, object]) -> dict[str, object]:
    """Values by name as the driver takes them; the last of the numbers fills the places that are left."""
    given = {name: adapted(connection, value) for name, value in values.items()}
    if slots and _takes_lists(connection):
        given[ALL] = f"{{{','.join(map(str, map(int, numbers)))}}}"
    elif slots:
        filled_up = [*numbers, *[numbers[-1]] * (slots - len(numbers))]
        given.update(zip(_places(slots), filled_up, strict=True))
    return given


@lru_cache(maxsize=16)
def _places(slots: int) -> tuple[str, ...]:
    """The names of so many places for numbers, each a parameter of its own."""
    return tuple(f"#{at}" for at in range(slots))


def _takes_lists(connection) -> bool:
    """Whether one value of the database can hold many numbers: its SQL is the same for one and for a hundred."""
    return connection.vendor == "postgresql"


def cursor_of_known_sql(connection):
    """A cursor of a connection that may keep how it carries SQL out, where its database does so."""
    return getattr(connection, "cursor_of_known_sql", connection.cursor)()


def adapted(connection, value: object) -> object:
    """A value as the driver of this database takes it."""
    if type(value) is str or value is None:
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return connection.ops.adapt_integerfield_value(value, "BigIntegerField")
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value


def _with_literals(sql: str, places: list[tuple[str, object]]) -> tuple[str, list[tuple[str, object]]]:
    """Write constants into the SQL: a database that plans it once sees then that a partial index holds them all."""
    left, at = [], iter(places)

    def filled(found: re.Match) -> str:
        if found[0] == "%%":
            return found[0]
        name, constant = next(at)
        literal = "" if name else _literal(constant)
        if not literal:
            left.append((name, constant))
        if name != ALL:
            return found[0].replace("%s", literal) if literal else found[0]
        if found[0] == "%s":
            raise ValueError(f"The numbers stand elsewhere than behind IN in: {sql}")
        return "= ANY(%s::bigint[])"

    return re.sub(r"IN \(%s\)|%[s%]", filled, sql), left


def _literal(constant: object) -> str:
    """A constant of our own code in SQL; "" for what is better left to the driver."""
    if isinstance(constant, bool):
        return str(constant).upper()
    if isinstance(constant, int) and constant >= 0:
        return str(int(constant))
    if isinstance(constant, str) and re.fullmatch(r"[\w .:-]*", constant, re.ASCII):
        return f"'{constant}'"
    return ""
