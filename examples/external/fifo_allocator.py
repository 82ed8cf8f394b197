"""First come, first served, in another process: the allocator `fifo` with the placement `first-fit`.

    allot run scenario.yaml --allocator '{command: [python3, examples/external/fifo_allocator.py]}'

The protocol is in docs/formats/external.md. Only standard output is the answer; print what you like to stderr.
"""
import json
import sys

NEAR = 1e-9  # amounts come as decimals; the simulator itself counts whole steps and checks every decision


class Fifo:
    def hello(self, message):
        self.free = {node: dict(each["capacity"]) for each in message["classes"] for node in each["nodes"]}
        self.class_of = {node: each["class"] for each in message["classes"] for node in each["nodes"]}
        self.queue = []  # jobs in order of submission, each with its queued tasks
        return {"type": "ready"}

    def run_pass(self, message):
        for event in message["events"]:
            if event["type"] == "job-queued":
                self.queue.append(event)
        for change in message["free"]:
            self.free[change["node"]] = dict(change["amounts"])
        decisions = []
        while self.queue and self.start(self.queue[0], decisions):
            self.queue.pop(0)
        return {"decisions": decisions}

    def start(self, job, decisions):
        """Starts what it can of a job; true when nothing of it is left in the queue."""
        seats = []
        for task in job["tasks"]:
            node = self.first_fit(task)
            if node is None:
                break
            self.take(task, node, 1)
            seats.append((task, node))
        complete = len(seats) == len(job["tasks"])
        if job["gang"] and not complete:  # all or nothing
            for task, node in seats:
                self.take(task, node, -1)
        elif job["gang"]:
            decisions.append({"type": "launch-gang", "job": job["job"], "nodes": [node for _, node in seats]})
        else:
            decisions += [{"type": "launch", "task": task["task"], "node": node} for task, node in seats]
            job["tasks"] = job["tasks"][len(seats):]
        return complete

    def first_fit(self, task):
        for node, free in self.free.items():
            may_run = "classes" not in task or self.class_of[node] in task["classes"]
            if may_run and all(free[name] >= amount - NEAR for name, amount in task["demand"].items()):
                return node
        return None

    def take(self, task, node, sign):
        for name, amount in task["demand"].items():
            self.free[node][name] -= sign * amount


policy = Fifo()
for line in sys.stdin:
    message = json.loads(line)
    answer = policy.hello(message) if message["type"] == "hello" else policy.run_pass(message)
    print(json.dumps({"v": 1, **answer}), flush=True)
