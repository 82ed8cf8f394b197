"""The smallest framework there is: it registers, requests resources, launches tasks, fetches and executes them.

    frameworks:
      mission: { scheduler: { command: [python3, mission_scheduler.py] } }

It tells of each task that it executes on standard error, which the simulator passes through: "Executing task 1".
The protocol is in docs/formats/external.md.
"""
import json
import sys
from collections import deque


class Framework:
    def __init__(self):
        self.tasks = deque()  # what waits, in order of submission
        self.executed = 0

    def register(self):
        """Answers the master's greeting: from now on it makes offers."""
        return {"type": "ready"}

    def request_resources(self, events):
        """Takes new work in and asks for offers, whatever was refused before."""
        jobs = [event for event in events if event["type"] == "job-queued"]
        for job in jobs:
            self.tasks.extend(job["tasks"])
        return [{"type": "revive"}] if jobs else []

    def launch_tasks(self, offers):
        """Answers each offer: with tasks that fit into it, or with thanks."""
        decisions = []
        for offer in offers:
            launched = []
            while (task := self.fetch_task(offer["amounts"])) is not None:
                self.execute_task(task)
                launched.append(task["task"])
            if launched:
                decisions.append({"type": "accept", "offer": offer["offer"], "tasks": launched})
            else:
                decisions.append({"type": "decline", "offer": offer["offer"]})
        return decisions

    def fetch_task(self, room):
        """Takes the next task if there is room for it, and the room that it needs."""
        if not self.tasks:
            return None
        demand = self.tasks[0]["demand"]
        if any(room[name] < amount for name, amount in demand.items()):
            return None
        for name, amount in demand.items():
            room[name] -= amount
        return self.tasks.popleft()

    def execute_task(self, task):
        self.executed += 1
        print(f"Executing task {self.executed}", file=sys.stderr, flush=True)


framework = Framework()
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        answer = framework.register()
    else:
        requests = framework.request_resources(message["events"])
        answer = {"decisions": requests + framework.launch_tasks(message.get("offers", []))}
    print(json.dumps({"v": 1, **answer}), flush=True)
