"""A framework's scheduler in another process: launches all that fits into each offer, in order of submission.

    frameworks:
      A: { scheduler: { command: [python3, greedy_scheduler.py] } }

The protocol is in docs/formats/external.md. Only standard output is the answer; print what you like to stderr.
"""
import json
import sys

NEAR = 1e-9  # amounts come as decimals; the simulator itself counts whole steps and checks every decision


class GreedyScheduler:
    def __init__(self):
        self.jobs = {}  # every task of each job that has not ended, by job
        self.queued = {}  # the names of those that wait, as keys: a dictionary keeps their order

    def on_job_queued(self, message):
        self.jobs[message["job"]] = {task["task"]: task for task in message["tasks"]}
        if not message["gang"]:  # this scheduler leaves gangs alone
            self.queued.update(self.jobs[message["job"]])
        return []

    def on_offers(self, message):
        return [self.answer(offer) for offer in message["offers"]]

    def answer(self, offer):
        left = dict(offer["amounts"])
        chosen = []
        for name, task in self.queued.items():
            may_run = "nodes" not in task or offer["node"] in task["nodes"]
            if may_run and all(left[of] >= amount - NEAR for of, amount in task["demand"].items()):
                for of, amount in task["demand"].items():
                    left[of] -= amount
                chosen.append(name)
        for name in chosen:
            del self.queued[name]
        if chosen:
            return {"type": "accept", "offer": offer["offer"], "tasks": chosen}
        return {"type": "decline", "offer": offer["offer"]}

    def on_task_ended(self, message):
        if message["outcome"] != "finished":  # lost with its node, or killed: it is queued again
            self.queued[message["task"]] = self.jobs[message["job"]][message["task"]]
        return []

    def on_job_ended(self, message):
        for name in self.jobs.pop(message["job"], {}):
            self.queued.pop(name, None)
        return []


scheduler = GreedyScheduler()
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        answer = {"v": 1, "type": "ready"}
    else:
        # on_offers, on_job_queued, on_task_ended, …; messages that this scheduler does not know need no decision.
        handler = getattr(scheduler, "on_" + message["type"].replace("-", "_"), lambda message: [])
        answer = {"v": 1, "decisions": handler(message)}
    print(json.dumps(answer), flush=True)
