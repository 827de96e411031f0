import type { DeviceKind } from '../../device/index.ts'
import type { Project } from '../../project/index.ts'
import type { Law } from '../../law/index.ts'
import { pollutions, rains, type Weather } from './forecast.ts'

/** What a forecast means for a site: in words, with the text it rests on, and the devices concerned. */
export interface Risk {
  kind: 'lifting' | 'earthwork' | 'rain' | 'pollution'
  text: string
  clause: string
  devices: { id: string; name: string }[]
}

export interface SiteAtRisk {
  stage: Project['stage']
  /** Devices in use that report now: what they stand on is at work. */
  running: { id: string; name: string; kind: DeviceKind }[]
}

const lifting: readonly DeviceKind[] = ['crane', 'hoist']

/** The prompts of a day for one site (standards 4.2, 6.2). They remind; the order to stop is a person's. */
export function risksOf(law: Law, weather: Weather, site: SiteAtRisk): Risk[] {
  const of = (kinds: readonly DeviceKind[]) =>
    site.running.filter(({ kind }) => kinds.includes(kind)).map(({ id, name }) => ({ id, name }))
  const found: Risk[] = []
  const { windLevel, rain, pollution } = weather
  const machines = of(lifting)
  const pits = of(['pit'])
  const digging = site.stage === 'foundation' || pits.length > 0
  if (windLevel >= law.number('weather.lifting_wind') && machines.length > 0)
    found.push({
      kind: 'lifting',
      text: `预报风力 ${windLevel} 级：停止塔式起重机、施工升降机作业并做好防护`,
      clause: law.rule('weather.lifting_wind').clause,
      devices: machines,
    })
  if (windLevel >= law.number('weather.earthwork_wind') && digging)
    found.push({
      kind: 'earthwork',
      text: `预报风力 ${windLevel} 级：停止土方、拆除作业，裸土覆盖`,
      clause: law.rule('weather.earthwork_wind').clause,
      devices: pits,
    })
  if ((rain === 'heavy' || rain === 'storm') && digging)
    found.push({
      kind: 'rain',
      text: `预报${rains[rain]}：检查基坑排水与边坡，加密监测`,
      clause: 'house.weather',
      devices: pits,
    })
  if (pollution !== 'none')
    found.push({
      kind: 'pollution',
      text: `重污染天气${pollutions[pollution]}预警：按应急响应等级限制施工`,
      clause: 'house.weather',
      devices: [],
    })
  return found
}
