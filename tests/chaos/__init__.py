"""Bad nights: a whole run against a server that fails, with processes that die; every promise of a fleet is proved.

Each test has a short form, which `make thorough` runs, and a full one, which `make chaos` runs. Everything that is
left to chance comes from one seed: `REPORTGEN_CHAOS_SEED`.
"""
