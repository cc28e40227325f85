"""Many clients: what each is sent, made once, and nothing lost on the way.

    fleet file ──jobs──> jobs ──running──> fetched in threads ──engines──> rendered in processes ──> written
                                   │
                                journal: every change of state, on the disk before the next

`jobs` knows what is to be made and where it goes, `journal` what happened to it, `rendering` is all that a worker
does, `engines` where workers are, `running` the loop over all of them, `results` what is told at the end and
`contact_sheet` what a person looks over before anything is sent.
"""
