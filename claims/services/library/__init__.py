"""The library of parties and people: keeping it, taking from it into events, and finding what is kept twice."""
