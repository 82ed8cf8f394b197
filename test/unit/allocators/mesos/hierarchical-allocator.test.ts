import { beforeEach, describe, expect, it } from 'vitest';
import { MesosMaster, SECOND } from '../../../support/mesos-master.ts';

const ONE = { cpus: 1, mem: 512 };
let master: MesosMaster;
beforeEach(() => {
  master = new MesosMaster();
});

describe('runs', () => {
  it('come a second after the end of the last, and at once for nodes and frameworks', () => {
    master.framework('f', ['r']);
    expect(master.offers()).toEqual([]);
    expect(master.allocator.runs).toBe(1);
    master.wait(3.5);
    expect(master.allocator.runs).toBe(4);
    master.node('n', ONE);
    expect(master.offers()).toEqual(['f r n cpus:1 mem:512']);
    expect(master.allocator.runs).toBe(5);
    master.wait(0.5);
    expect(master.allocator.runs).toBe(6);
  });

  it('are one for all that asks for one at the same instant', () => {
    for (let i = 0; i < 10; i++) master.node(`n${i}`, ONE);
    master.framework('f', ['r']);
    expect(master.offers()).toHaveLength(10);
    expect(master.allocator.runs).toBe(1);
  });

  it('look only at the node that changed', () => {
    master.node('n1', ONE);
    master.framework('f', ['r']);
    master.declineAll();
    master.node('n2', ONE);
    expect(master.offers()).toEqual(['f r n2 cpus:1 mem:512']);
    master.wait(1);
    expect(master.offers()).toEqual(['f r n1 cpus:1 mem:512']);
  });

  it.each([
    ['a decline', () => master.declineAll()],
    ['a weight', () => master.allocator.setWeight('r', 2)],
    ['a quota', () => master.allocator.setQuota('r', { cpus: 1 }, {})],
    ['a suppression', () => master.allocator.suppress('f', ['r'])],
    ['a whitelist', () => master.allocator.setWhitelist(['n'])],
    ['a node that is turned off', () => master.allocator.deactivateNode('n')],
    ['a node that is turned on', () => master.allocator.activateNode('n')],
    ['a framework that goes', () => master.allocator.removeFramework('f')],
    ['a node that goes', () => master.allocator.removeNode('n')],
    ['an update of a framework', () => master.allocator.updateFramework('f', { roles: ['r', 's'] })],
    ['a resource provider', () => master.allocator.addResourceProvider('n', master.bundle(ONE))],
    ['an update that changes nothing', () => master.allocator.updateNode('n', { total: master.bundle(ONE) })],
  ])('are not asked for by %s', (_, act) => {
    master.node('n', ONE);
    master.framework('f', ['r']);
    master.clock.settle();
    act();
    master.clock.settle();
    expect(master.allocator.runs).toBe(1);
  });

  it('that are asked for while paused are not made up for', () => {
    master.framework('f', ['r']);
    master.offers();
    master.allocator.pause();
    master.node('n', ONE);
    master.wait(2);
    expect(master.offers()).toEqual([]);
    master.allocator.resume();
    expect(master.offers()).toEqual([]);
    master.wait(1);
    expect(master.offers()).toEqual(['f r n cpus:1 mem:512']);
  });

  it('wait after a failover with quota until four of five nodes are back', () => {
    master.allocator.setQuota('r', { cpus: 1 }, {});
    master.allocator.awaitNodes(5);
    master.framework('f', ['r']);
    for (let i = 1; i <= 3; i++) master.node(`n${i}`, ONE);
    expect(master.offers()).toEqual([]);
    master.node('n4', ONE);
    expect(master.offers()).toEqual(['f r n4 cpus:1 mem:512']);
  });

  it('wait at most ten minutes after a failover, and not at all without quota', () => {
    master.allocator.awaitNodes(5);
    master.framework('f', ['r']);
    master.node('n1', ONE);
    expect(master.offers()).toHaveLength(1);
    master.allocator.setQuota('r', { cpus: 1 }, {});
    master.allocator.awaitNodes(5);
    master.node('n2', ONE);
    master.wait(599);
    expect(master.offers()).toEqual([]);
    master.wait(2);
    expect(master.offers()).toHaveLength(1);
  });
});

describe('filters', () => {
  beforeEach(() => {
    master.node('n', { cpus: 2, mem: 1024 });
    master.framework('f', ['r']);
  });
  const refuse = (refusal: number) => master.declineAll(refusal);

  it('let more than what was refused pass, and hold back any part of it', () => {
    master.allocator.recover('f', 'r', master.take()[0]!.node, master.bundle({ cpus: 1, mem: 1024 }), 100 * SECOND);
    master.wait(1);
    expect(master.offers()).toEqual([]);
    master.allocator.recover('f', 'r', 'n', master.bundle({ cpus: 0.001 }));
    master.wait(1);
    expect(master.offers()).toEqual(['f r n cpus:1.001 mem:1024']);
  });

  it('of no time at all are none', () => {
    refuse(0);
    expect(master.allocator.metric('offer_filters/roles/r/active')).toBe(0);
    master.wait(1);
    expect(master.offers()).toHaveLength(1);
  });

  it('stay when the framework is suppressed, and go when it is revived', () => {
    refuse(100 * SECOND);
    master.allocator.suppress('f');
    expect(master.allocator.metric('offer_filters/roles/r/active')).toBe(1);
    master.allocator.revive('f');
    expect(master.allocator.metric('offer_filters/roles/r/active')).toBe(0);
    expect(master.offers()).toHaveLength(1);
  });

  it('go by a revival of a framework that was not suppressed', () => {
    refuse(100 * SECOND);
    master.allocator.revive('f', ['r']);
    expect(master.offers()).toHaveLength(1);
  });

  it('go when attributes of the node change, and when the node goes', () => {
    refuse(100 * SECOND);
    master.allocator.updateNode('n', { attributes: [['rack', 'r1']] });
    expect(master.offers()).toHaveLength(1);
    master.allocator.recover('f', 'r', 'n', master.bundle({ cpus: 2, mem: 1024 }), 100 * SECOND);
    master.allocator.removeNode('n');
    expect(master.allocator.metric('offer_filters/roles/r/active')).toBe(0);
    master.node('n', { cpus: 2, mem: 1024 });
    expect(master.offers()).toHaveLength(1);
  });

  it('are not shortened by the end of another one', () => {
    refuse(2 * SECOND);
    master.allocator.addFramework({ name: 'g', roles: ['r'] });
    expect(master.offers()).toEqual(['g r n cpus:2 mem:1024']);
    master.allocator.recover('g', 'r', 'n', master.bundle({ cpus: 2, mem: 1024 }), 10 * SECOND);
    expect(master.allocator.metric('offer_filters/roles/r/active')).toBe(2);
    master.wait(3);
    expect(master.allocator.metric('offer_filters/roles/r/active')).toBe(1);
    expect(master.offers()).toEqual(['f r n cpus:2 mem:1024']);
  });

  it('keep nobody from a node that grows after everyone refused it', () => {
    refuse(100 * SECOND);
    master.wait(1);
    master.allocator.updateNode('n', { total: master.bundle({ cpus: 3, mem: 1024 }) });
    expect(master.offers()).toEqual(['f r n cpus:3 mem:1024']);
  });
});

describe('frameworks', () => {
  it('that are not active are offered nothing until they are', () => {
    master.node('n', ONE);
    master.framework('f', ['r'], { isActive: false });
    master.wait(1);
    expect(master.offers()).toEqual([]);
    master.allocator.activateFramework('f');
    expect(master.offers()).toHaveLength(1);
  });

  it('stay suppressed over a deactivation', () => {
    master.framework('f', ['r', 's'], { suppressed: ['r'] });
    master.allocator.deactivateFramework('f');
    master.allocator.activateFramework('f');
    master.node('n', ONE);
    expect(master.offers()).toEqual(['f s n cpus:1 mem:512']);
  });

  it('that revive while not active are not offered anything', () => {
    master.framework('f', ['r'], { isActive: false });
    master.allocator.revive('f');
    master.node('n', ONE);
    expect(master.offers()).toEqual([]);
  });

  it('that leave a role keep its share until all is given back', () => {
    master.framework('f', ['r']);
    master.node('n', ONE);
    const [offer] = master.take();
    master.allocator.updateFramework('f', { roles: ['s'] });
    expect(master.allocator.metric('roles/r/shares/dominant')).toBe(1);
    master.allocator.recover('f', 'r', 'n', offer!.resources, 10 * SECOND);
    expect(master.allocator.metric('roles/r/shares/dominant')).toBeNull();
    master.wait(1);
    expect(master.offers()).toEqual(['f s n cpus:1 mem:512']);
  });

  it('lose filters of roles that an update no longer suppresses', () => {
    master.framework('f', ['r']);
    master.node('n', ONE);
    master.declineAll(100 * SECOND);
    master.allocator.updateFramework('f', { suppressed: ['r'] });
    expect(master.allocator.metric('offer_filters/roles/r/active')).toBe(1);
    master.allocator.updateFramework('f', { suppressed: [] });
    expect(master.allocator.metric('offer_filters/roles/r/active')).toBe(0);
    master.wait(1);
    expect(master.offers()).toHaveLength(1);
  });

  it('that ask for more than the least get no less, and those that ask for anything get anything', () => {
    master.framework('f', ['r'], { minAllocatable: { r: [{ cpus: 4 }] } });
    master.framework('g', ['s'], { minAllocatable: { s: [] } });
    master.node('small', { mem: 1 });
    master.node('large', { cpus: 2, mem: 1024 });
    expect(master.offers()).toEqual(['g s large cpus:2 mem:1024', 'g s small mem:1']);
    master.allocator.updateFramework('f', { minAllocatable: {} });
    master.allocator.recover('g', 's', 'large', master.bundle({ cpus: 2, mem: 1024 }));
    master.wait(1);
    expect(master.offers()).toEqual(['f r large cpus:2 mem:1024']);
  });

  it('that go are out of the shares, while their nodes wait for what they held', () => {
    master.framework('f', ['r']);
    master.node('n', ONE);
    const [offer] = master.take();
    master.allocator.removeFramework('f');
    master.framework('g', ['s']);
    expect(master.offers()).toEqual([]);
    expect(master.allocator.metric('roles/r/shares/dominant')).toBeNull();
    master.allocator.recover('f', 'r', 'n', offer!.resources);
    master.wait(1);
    expect(master.offers()).toEqual(['g s n cpus:1 mem:512']);
  });

  it('of another region are hidden nodes of, unless they are aware of regions', () => {
    master = new MesosMaster({ region: 'here' });
    master.framework('f', ['r']);
    master.framework('g', ['s'], { capabilities: ['REGION_AWARE'] });
    master.node('far', ONE, { region: 'there' });
    master.node('near', ONE, { region: 'here' });
    expect(master.offers()).toEqual(['g s far cpus:1 mem:512', 'f r near cpus:1 mem:512']);
  });

  it('without a capability are offered neither revocable, shared nor refined resources', () => {
    const rich = [
      { name: 'cpus', value: 1 },
      { name: 'cpus', value: 2, revocable: true },
      { name: 'cpus', value: 3, reservations: [{ role: 'a' }] },
      { name: 'cpus', value: 4, reservations: [{ role: 'a' }, { role: 'a/b' }] },
      { name: 'disk', value: 5, reservations: [{ role: 'a' }], shared: true, disk: { id: 'v' } },
    ];
    master.framework('f', ['a/b']);
    master.node('n', rich);
    expect(master.offers()).toEqual(['f a/b n cpus:1 cpus@a:3']);
    master.framework('g', ['a/b'], {
      capabilities: ['REVOCABLE_RESOURCES', 'SHARED_RESOURCES', 'RESERVATION_REFINEMENT'],
    });
    expect(master.offers()).toEqual(['g a/b n cpus!:2 cpus@a/b:4 disk@a&:5']);
  });

  it('in a role with a path are hidden nodes without HIERARCHICAL_ROLE', () => {
    master.framework('f', ['a/b']);
    master.framework('g', ['c']);
    master.node('n1', ONE, { capabilities: ['MULTI_ROLE'] });
    expect(master.offers()).toEqual(['g c n1 cpus:1 mem:512']);
    master.node('n2', ONE, { capabilities: [] });
    expect(master.offers()).toEqual([]);
  });

  it('with constraints are offered the nodes that meet all of one group', () => {
    const group = [
      { selector: { attribute: 'rack' }, predicate: { text_equals: 'r1' } },
      { selector: 'hostname', predicate: { text_not_matches: 'old-.*' } },
    ];
    master.framework('f', ['r'], { constraints: { r: [group] } });
    master.node('n1', ONE, { attributes: [['rack', 'r1']] });
    master.node('old-1', ONE, { attributes: [['rack', 'r1']] });
    master.node('n2', ONE, { attributes: [['rack', 'r2']] });
    expect(master.offers()).toEqual(['f r n1 cpus:1 mem:512']);
    master.allocator.updateFramework('f', { constraints: {} });
    master.wait(1);
    expect(master.offers()).toHaveLength(2);
  });
});

describe('nodes', () => {
  it('that are off, or not on the whitelist, are not offered', () => {
    master.framework('f', ['r']);
    master.allocator.setWhitelist(['host2']);
    master.node('n1', ONE, { hostname: 'host1' });
    master.node('n2', ONE, { hostname: 'host2' });
    expect(master.offers()).toEqual(['f r n2 cpus:1 mem:512']);
    master.allocator.setWhitelist(null);
    master.allocator.deactivateNode('n1');
    master.wait(1);
    expect(master.offers()).toEqual([]);
    master.allocator.activateNode('n1');
    master.wait(1);
    expect(master.offers()).toEqual(['f r n1 cpus:1 mem:512']);
  });

  it('that go leave what was held on them in the shares until it is given back', () => {
    master.framework('f', ['r']);
    master.node('n1', ONE);
    const [offer] = master.take();
    master.allocator.deactivateFramework('f');
    master.node('n2', { cpus: 2, mem: 1024 });
    master.allocator.removeNode('n1');
    expect(master.allocator.metric('roles/r/shares/dominant')).toBe(0.5);
    expect(master.allocator.metric('resources/cpus/offered_or_allocated')).toBe(0);
    master.allocator.recover('f', 'r', 'n1', offer!.resources);
    expect(master.allocator.metric('roles/r/shares/dominant')).toBe(0);
  });

  it('with more in use than they have offer nothing of that, but of the rest', () => {
    master.framework('f', ['r']);
    master.node('n', ONE);
    master.take();
    master.allocator.updateNode('n', { total: master.bundle({ cpus: 0.5, mem: 1024 }) });
    expect(master.offers()).toEqual(['f r n mem:512']);
  });

  it('count use of unknown frameworks as held, in no share, until the framework comes with it', () => {
    const used = [{ framework: 'f', role: 'r', resources: master.bundle(ONE) }];
    master.node('n', { cpus: 2, mem: 1024 }, { used });
    master.framework('g', ['s']);
    expect(master.offers()).toEqual(['g s n cpus:1 mem:512']);
    master.framework('f', ['r'], { used: [{ node: 'n', role: 'r', resources: master.bundle(ONE) }] });
    expect(master.allocator.metric('roles/r/shares/dominant')).toBe(0.5);
    expect(master.allocator.consumed('r')).toEqual({ cpus: 1, mem: 512 });
  });

  it('with shared volumes offer each at most once a run, and again in the next', () => {
    const both = { capabilities: ['SHARED_RESOURCES'] };
    master.framework('f', ['r'], both);
    master.framework('g', ['r'], both);
    const volume = { name: 'disk', value: 5, reservations: [{ role: 'r' }], shared: true, disk: { id: 'v' } };
    master.allocator.updateFramework('f', { minAllocatable: { r: [] } });
    master.allocator.updateFramework('g', { minAllocatable: { r: [] } });
    master.node('n', [volume]);
    expect(master.offers()).toEqual(['f r n disk@r&:5']);
    master.wait(1);
    // Both have the same share once both hold a copy, but f was offered more often.
    expect(master.offers()).toEqual(['g r n disk@r&:5']);
  });

  it('under maintenance ask who holds something of them, once until they answer', () => {
    master.framework('f', ['r']);
    master.framework('g', ['s']);
    master.node('n', ONE);
    expect(master.offers()).toEqual(['f r n cpus:1 mem:512']);
    master.allocator.setUnavailability('n', { start: 60 * SECOND });
    expect(master.inverseOffers()).toEqual(['f n']);
    master.wait(2);
    expect(master.inverseOffers()).toEqual([]);
    master.allocator.answerInverseOffer('f', 'n', 5 * SECOND);
    master.wait(4);
    expect(master.inverseOffers()).toEqual([]);
    master.wait(1);
    expect(master.inverseOffers()).toEqual(['f n']);
    master.allocator.answerInverseOffer('f', 'n', 500 * SECOND);
    master.allocator.revive('f');
    expect(master.inverseOffers()).toEqual(['f n']);
    master.allocator.setUnavailability('n', null);
    master.allocator.answerInverseOffer('f', 'n');
    master.wait(1);
    expect(master.inverseOffers()).toEqual([]);
  });
});

describe('quota', () => {
  it('counts what is in use as consumed, and reservations, but not what is only offered', () => {
    master.allocator.setQuota('r', { cpus: 4 }, { cpus: 4 });
    master.node('n', [
      { name: 'cpus', value: 4 },
      { name: 'cpus', value: 1, reservations: [{ role: 'r' }] },
    ]);
    master.framework('f', ['r']);
    expect(master.offers()).toEqual(['f r n cpus:3 cpus@r:1']);
    const gauge = (name: string) => master.allocator.metric(`quota/roles/r/resources/cpus/${name}`);
    expect(['guarantee', 'limit', 'offered_or_allocated', 'consumed'].map(gauge)).toEqual([4, 4, 4, 1]);
    master.allocator.launch('f', 'r', 'n', master.bundle({ cpus: 2 }));
    expect(gauge('consumed')).toBe(3);
    master.allocator.recover('f', 'r', 'n', master.bundle({ cpus: 1 }));
    expect(gauge('consumed')).toBe(3);
    master.allocator.recover('f', 'r', 'n', master.bundle({ cpus: 1 }));
    expect(gauge('consumed')).toBe(2);
    expect(master.allocator.metric('quota/roles/r/resources/mem/limit')).toBeNull();
  });

  it('is of top-level roles alone, its guarantees within its limits, and refused beyond use and capacity', () => {
    const why = (role: string, guarantee: number, limit: number, isForced = false) =>
      master.allocator.whyQuotaRefused(role, { cpus: guarantee }, { cpus: limit }, isForced);
    master.framework('f', ['r']);
    master.node('n', { cpus: 4 });
    master.take();
    expect(why('a/b', 1, 1)).toContain('not a top-level role');
    expect(why('r', 2, 1)).toContain('above its limit');
    expect(why('r', 1, 3)).toContain('below what the role consumes, 4');
    expect(why('r', 1, 3, true)).toBeNull();
    expect(why('s', 5, 5)).toContain('above the 4 of all nodes');
    expect(why('s', 4, 5)).toBeNull();
    expect(() => master.allocator.setQuota('a/b', { cpus: 1 }, {})).toThrow('not a top-level role');
  });

  it('gives ports whole to who is first, and what is left of the node without', () => {
    master.allocator.setQuota('r', {}, { cpus: 1, mem: 512 });
    master.framework('f', ['r']);
    master.framework('g', ['s']);
    master.allocator.suppress('g');
    master.node('n', [
      { name: 'cpus', value: 4 },
      { name: 'mem', value: 2048 },
      { name: 'ports', ranges: [[31000, 31009]] },
    ]);
    expect(master.offers()).toEqual(['f r n cpus:1 mem:512 ports:[[31000,31009]]']);
    master.allocator.revive('g');
    expect(master.offers()).toEqual(['g s n cpus:3 mem:1536']);
  });

  it('makes one offer of what both stages give', () => {
    // 3 in use where only 1 is left: the cluster seems to have 1 + 3 - 3 = 1 for guarantees of 2, so r gets no burst.
    master.framework('x', ['x']);
    master.node('n1', { cpus: 3 });
    master.take();
    master.allocator.suppress('x');
    master.allocator.updateNode('n1', { total: master.bundle({ cpus: 1 }) });
    master.allocator.setQuota('r', { cpus: 1 }, {});
    master.allocator.setQuota('s', { cpus: 1 }, {});
    master.framework('f', ['r']);
    master.framework('g', ['s']);
    master.node('n2', { cpus: 3 });
    // Both guarantees are met then, and the third cpu is for everyone: r comes first by its name.
    expect(master.offers()).toEqual(['f r n2 cpus:2', 'g s n2 cpus:1']);
  });
});

describe('what an owner must not do', () => {
  it.each([
    ['there is a node n already', () => master.node('n', ONE)],
    ['there is a framework f already', () => master.framework('f', ['r'])],
    ['there is no node x', () => master.allocator.removeNode('x')],
    ['there is no framework x', () => master.allocator.suppress('x')],
    [
      'f does not hold in r what it gives back',
      () => master.allocator.recover('f', 'r', 'n', master.bundle({ cpus: 9 })),
    ],
    ['f does not hold on n what it uses', () => master.allocator.launch('f', 'r', 'n', master.bundle({ cpus: 9 }))],
    ['the weight of r must be above 0', () => master.allocator.setWeight('r', 0)],
  ])('is told: %s', (message, act) => {
    master.node('n', ONE);
    master.framework('f', ['r']);
    master.take();
    expect(act).toThrow(`allocator mesos: ${message}`);
  });
});
