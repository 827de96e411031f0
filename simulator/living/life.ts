import { pushOf, settleOn } from '../city/episodes.ts'
import type { City, CityDevice, Push } from '../city/index.ts'
import { dustAt } from '../city/instruments/dust.ts'
import { craneAt, liftAt, lifts } from '../city/instruments/lifting.ts'
import { part, unit } from '../city/noise.ts'
import { daySeconds, shareOn } from '../city/work.ts'
import { isDry } from '../city/weather.ts'
import type { DemoProjects } from '../county/index.ts'

// What happens in the demo county beyond its calm: a crane that lifts near its rating, a pit that settles on, earthworks
// that raise dust where no sprayer stands, somebody at a fence by night. All the rest stays below its limits.

const minute = 60
const hour = 3600

/** Draws the county's life. `seen`: when a newcomer first sees it, in seconds since the city began. */
export function planLife(city: City, seen: number): void {
  const on = (site: keyof DemoProjects, kind: CityDevice['kind']) =>
    city.devices.filter((one) => one.project === city.county.demo.projects[site] && one.kind === kind)
  workInShifts(city, 'apartments')
  for (const crane of on('apartments', 'crane')) planLifts(city, crane, seen)
  for (const pit of on('garden', 'pit')) settle(city, pit, seen)
  for (const dust of on('garden', 'dust')) planEarthworks(city, dust)
  for (const fence of on('sewageWorks', 'perimeter')) planIntruders(city, fence)
}

const perDay = 0.7

/** Told in hundredths of a millimetre, a pit stands at its limit when half a hundredth is lacking. */
function settle(city: City, pit: CityDevice, seen: number): void {
  const early = (0.005 / perDay) * daySeconds
  settleOn(city, pit, { crosses: Math.round(seen + 8 * minute + early), perDay, plain: true })
}

/** A site in three shifts: by day as everywhere, and concrete through the night. */
function workInShifts(city: City, name: keyof DemoProjects): void {
  const site = city.sites.find(({ project }) => project === city.county.demo.projects[name])!
  site.shares.fill(0.9)
  for (let day = 0; day < city.days; day++) {
    const from = day * daySeconds + (site.ends - 30) * minute
    site.pours.push({
      from,
      until: Math.min((day + 1) * daySeconds + (site.begins + 40) * minute, city.days * daySeconds),
    })
  }
}

/** Lifts near the rating and now and then beyond it, of all lifts so many; more of them while somebody first looks on. */
const usual = { warn: 0.08, alarm: 0.02 }
const soon = { warn: 0.3, alarm: 0.08 }

function planLifts(city: City, crane: CityDevice, seen: number): void {
  const { warn, alarm } = city.law.lifts
  const pushes = crane.pushes[craneAt.moment]!
  const end = city.days * daySeconds
  for (let lift = liftAt(crane, 0); lift.until < end; lift = liftAt(crane, lift.until)) {
    const often = lift.from > seen && lift.from < seen + 2 * hour ? soon : usual
    const dice = unit(part(crane.salt, 48), lift.number)
    if (dice >= often.alarm + often.warn || !lifts(city, crane, lift)) continue
    const span = { from: lift.loadedFrom, until: lift.loadedUntil }
    pushes.push(
      dice < often.alarm
        ? pushOf(span, 'danger', 'overload', alarm, [alarm + 2, alarm + 8])
        : pushOf(span, 'danger', 'overload', warn, [warn + 2, warn + 7], 'warn'),
    )
  }
}

function planEarthworks(city: City, dust: CityDevice): void {
  const limit = city.law.fine
  const site = city.sites[dust.site]!
  const pushes: Push[] = dust.pushes[dustAt.fine]!
  for (let day = 0; day < city.days; day++)
    for (const begins of [8.25, 10.5, 13.75, 15.75]) {
      const stretch = { from: day * daySeconds + begins * hour, until: day * daySeconds + begins * hour + 40 * minute }
      if (shareOn(site, day) > 0.2 && isDry(city.weather, stretch))
        pushes.push(pushOf(stretch, 'exceedance', 'earthwork', limit, [limit * 1.06, limit * 1.5]))
    }
}

function planIntruders(city: City, fence: CityDevice): void {
  for (let day = 0; day < city.days; day++) {
    const dice = unit(part(fence.salt, 49), day)
    if (dice >= 0.4) continue
    const from = day * daySeconds + 20 * hour + Math.round(dice * 10 * hour)
    fence.pushes[day % 2]!.push(pushOf({ from, until: from + 2 * minute }, 'danger', 'intruder', 1, [1, 1]))
  }
}
