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
        self.tasks = {}  # every task of a job that has not ended, by name
        self.queued = {}  # the names of those that wait; a dictionary, as it keeps their order

    def hear(self, event):
        if event["type"] == "job-queued":
            for task in event["tasks"]:
                self.tasks[task["task"]] = task
                if not event["gang"]:  # this scheduler leaves gangs alone
                    self.queued[task["task"]] = True
        elif event["type"] == "task-ended" and event["outcome"] != "finished":
            self.queued[event["task"]] = True  # lost with its node, or killed: it waits again
        elif event["type"] == "job-ended":
            for name in [name for name in self.tasks if name.startswith(f"{event['job']}/")]:
                del self.tasks[name]
                self.queued.pop(name, None)

    def answer(self, offer):
        left = dict(offer["amounts"])
        chosen = []
        for name in self.queued:
            task = self.tasks[name]
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


scheduler = GreedyScheduler()
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        answer = {"v": 1, "type": "ready"}
    else:
        for event in message["events"]:
            scheduler.hear(event)
        answer = {"v": 1, "decisions": [scheduler.answer(offer) for offer in message.get("offers", [])]}
    print(json.dumps(answer), flush=True)
