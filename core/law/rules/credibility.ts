import { ours } from './ours.ts'

const row = <const Name extends string>(name: Name, value: number, unit: string) =>
  ours(`credibility.${name}` as const, value, unit, 'house.credibility')

/**
 * When a reading is doubted. Engineering judgement, not law: no text names these numbers. They were set on simulated
 * honest days (core/telemetry/credibility/lab) so that a kind finds nothing on 99 of 100 of them.
 */
export const credibilityRules = [
  // Of what the house knows of a device, and of the stations around it
  // one day before the judged one shows what is usual for a site; more only smears it over the weather
  row('history', 24, '小时'),
  // with one neighbour nobody can say which of the two moved
  row('neighbours_least', 2, '台'),
  // by chance alone, a repeated value or sequence is found once in this many device-days
  row('chance', 10_000, '台日'),

  // spray_sensor: water near the inlet
  // mist of a hose elsewhere on the site raises humidity by less
  row('spray.humidity_rise', 7, '%'),
  // little: work beside it may raise as much dust as the water takes
  row('spray.dust_drop', 5, '%'),
  // a shower reaches the next stations within the hour
  row('spray.neighbour_window', 60, '分钟'),
  // neighbours that rose by this share of our rise have seen the same rain
  row('spray.neighbour_share', 50, '%'),
  // in air this wet humidity has no room to jump
  row('spray.humidity_most', 90, '%'),
  // what a lawful run of the linked sprayer leaves in the air
  row('spray.tail', 15, '分钟'),

  // covered_inlet: the head breathes no outside air
  row('covered.least', 45, '分钟'),
  // within half an hour, and beyond what the neighbours fell by
  row('covered.drop', 45, '%'),
  // so deep neither the end of work nor the sprayer makes fine dust fall
  row('covered.deep', 70, '%'),
  // eight tenths of what lies under the cover stay within this share of one another
  row('covered.flat', 45, '%'),
  // scatter from value to value against that of the hours around
  row('covered.scatter', 60, '%'),
  // the instrument is alive: temperature goes on changing
  row('covered.temperature', 0.1, '℃'),

  // frozen: a dust head never repeats a tenth of a microgram for long; a coarse one does, see `chance`
  row('frozen.least', 40, '分钟'),
  row('frozen.count', 8, '次'),

  // quantised: honest instruments resolve 1 µg/m³ or better, and fill the gaps
  row('quantised.block', 240, '分钟'),
  row('quantised.repeats', 2, '%'),
  row('quantised.share', 80, '%'),
  row('quantised.step', 2.3, 'µg/m³'),
  // so many values to a microgram between the least and the greatest leave no gap that is not meant
  row('quantised.filling', 6, '次'),
  row('quantised.step_filled', 1.7, 'µg/m³'),

  // clipped: nothing above the limit, a heap right under it
  row('clipped.band', 4, '%'),
  row('clipped.least', 8, '次'),
  // against the two bands below: honest peaks thin out towards the top
  row('clipped.heap', 150, '%'),
  row('clipped.above', 5, '%'),

  // replayed, copied_neighbour: how long an equal sequence must be, whatever its chance
  row('sequence.least', 25, '分钟'),
  row('sequence.count', 6, '次'),

  // order_broken: channels are noisy, in fog nearly all dust is fine
  row('order.share', 8, '%'),
  row('order.margin', 2, 'µg/m³'),
  row('order.least', 15, '分钟'),

  // clock_drift: a quartz clock loses seconds a day
  row('clock.move', 120, '秒'),
  // this near to our time a clock is right again
  row('clock.settled', 45, '秒'),

  // moment_mismatch, overload_hidden: two sensors of one hook, not read in the same instant
  row('moment.loaded', 25, '%'),
  row('moment.share', 18, '%'),
  row('moment.margin', 5, '%'),
  row('moment.count', 8, '次'),
  row('overload.count', 4, '次'),
  // a told load that does not differ by more is a ceiling
  row('overload.spread', 3, '%'),

  // work_without_people: a driver climbs before the first card is read and leaves after the last
  row('work.least', 30, '分钟'),
  row('work.margin', 20, '分钟'),
  row('work.height', 3, 'm'),
  row('work.load', 0.5, 't'),
  // an older count says nothing any more
  row('work.people_fresh', 14, '小时'),

  // silent_when_bad: outages come at any time, those of a cheat while the air is bad, and hardly anything bad is told
  row('silent.least', 20, '分钟'),
  // of the limit: neighbours are not read at this very place
  row('silent.near', 90, '%'),
  row('silent.far', 150, '%'),
  row('silent.bad', 25, '%'),
  row('silent.total', 40, '分钟'),
  row('silent.share', 52, '%'),

  // unit_flip: a jump by a power of ten, and no decay after it as after a passing lorry
  row('flip.tolerance', 0.2, 'lg'),
  row('flip.count', 4, '次'),

  // night_mask: lower than beside, by more than the site commonly changes from hour to hour
  row('mask.drop', 25, '%'),
  row('mask.swings', 2.5, '倍'),
  // and falling and rising at the edges of the watched time
  row('mask.edge', 15, '%'),

  // What a finding costs. One plain forgery makes a device suspect; what a fault may explain needs a second finding.
  row('weight.spray_sensor', 45, '分'),
  row('weight.covered_inlet', 45, '分'),
  row('weight.frozen', 30, '分'),
  row('weight.quantised', 30, '分'),
  row('weight.clipped', 45, '分'),
  row('weight.replayed', 60, '分'),
  row('weight.order_broken', 25, '分'),
  row('weight.clock_drift', 25, '分'),
  row('weight.moment_mismatch', 30, '分'),
  row('weight.overload_hidden', 60, '分'),
  row('weight.work_without_people', 25, '分'),
  row('weight.silent_when_bad', 30, '分'),
  row('weight.unit_flip', 25, '分'),
  row('weight.copied_neighbour', 60, '分'),
  row('weight.night_mask', 45, '分'),
  // repeated findings of one kind cost at most this share of its weight
  row('cap', 150, '%'),
  // below this a device is suspect
  row('suspect_below', 60, '分'),
] as const
