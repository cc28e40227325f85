"""Runs of a fleet: the reports of many clients, each made and delivered once.

    fleet file ──jobs──> jobs ──run_loop──> fetched in threads ──engines──> rendered in processes ──> written
                                   │
                                journal: every change of state, on the disk before the next

`jobs` has the reports to make and their folders, `journal` the events of a run, `render_worker` the work of a worker
process, `engines` the workers, `run_loop` the loop over all jobs, `run_results` the results at the end, and
`contact_sheet` the page that a person looks over before anything is sent.
"""
