import { deviceContract as contract } from '@plumbline/core/device'
import { addDays, type Point } from '@plumbline/core/kit'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isRefusal, type Session } from '../client.ts'
import { type County, type Project, random } from '../county/index.ts'
import { historyDays } from './administrator.ts'
import { idOf } from './names.ts'
import { each } from './progress.ts'
import { getId, type Ids } from './registry.ts'

/** A device of the demo county. The house keeps its password secret; the simulator knows it from the same seed. */
export interface DemoDevice {
  kind: 'dust' | 'sprayer'
  modelCode: 'dust-ug' | 'sprayer-1'
  mn: string
  pw: string
  name: string
  project: string
  point: Point
  /** MN of the sprayer that a dust monitor opens. */
  opens: string | null
  /** Left to the newcomer, who speaks for it by hand: the simulator does not. */
  silent: boolean
}

const sites = 20

/** Six characters, as HJ 212-2017 table 3 wants it. */
const passwordOf = (seed: number, mn: string): string =>
  String(createHash('sha256').update(`${seed}/${mn}`).digest().readUInt32BE() % 1_000_000).padStart(6, '0')

/** 24 characters: the county, then kind and serial. */
const mnOf = (county: County, kind: DemoDevice['kind'], serial: number): string =>
  `${county.region}A89${kind === 'dust' ? '0001' : '0002'}${String(serial).padStart(11, '0')}`

const frameDevice = (): { mn: string; pw: string } =>
  JSON.parse(readFileSync(new URL('../../demo/frame-device.json', import.meta.url), 'utf8')) as {
    mn: string
    pw: string
  }

/** The devices of the county: a dust monitor and a sprayer on each of twenty sites, and the one of the frame command. */
export function demoDevices(county: County): DemoDevice[] {
  const { seed, today, projects, demo } = county
  const dice = random(seed, 'devices')
  const told = projects.filter(({ key }) => Object.values(demo.projects).includes(key))
  // Large sites that were under way when the history began.
  const begun = addDays(today, -2 * historyDays)
  const large = projects.filter((one) => !told.includes(one) && (one.area ?? 0) >= 20_000 && one.startDay < begun)
  const chosen = [...told]
  while (chosen.length < sites && large.length > 0) chosen.push(...large.splice(dice.int(0, large.length - 1), 1))
  return chosen.flatMap((project, at) => siteDevices(county, project, at + 1))
}

function siteDevices(county: County, { key: project, point }: Project, serial: number): DemoDevice[] {
  const place = (mn: string, pw = passwordOf(county.seed, mn)) => ({ mn, pw, project, point, silent: false })
  const sprayer = mnOf(county, 'sprayer', serial)
  const dust = { kind: 'dust', modelCode: 'dust-ug', opens: sprayer } as const
  const devices: DemoDevice[] = [
    { kind: 'sprayer', modelCode: 'sprayer-1', opens: null, name: '围挡喷淋', ...place(sprayer) },
    { ...dust, name: '扬尘监测仪', ...place(mnOf(county, 'dust', serial)) },
  ]
  if (project !== county.demo.projects.sewageWorks) return devices
  const { mn, pw } = frameDevice()
  return [...devices, { ...dust, name: '扬尘监测仪（演示报文）', ...place(mn, pw), silent: true }]
}

/** Enters the devices and links each dust monitor to its sprayer. */
export async function onboardDevices(admin: Session, county: County, projects: Ids): Promise<void> {
  const ids = new Map<string, string>()
  const onboard = async ({ modelCode, mn, pw, name, project, point, opens }: DemoDevice) => {
    const body = {
      requestId: idOf(county.seed, 'device', mn),
      modelCode,
      mn,
      name,
      projectId: getId(projects, project),
      point,
      password: pw,
    }
    const { id } = await admin.call(contract.onboard, { body }).catch(async (error: unknown) => {
      if (!isRefusal(error, 'mn_taken', 'device_mn_taken')) throw error
      const { rows } = await admin.call(contract.list, { query: { q: mn } })
      return rows.find((one) => one.mn === mn)!
    })
    ids.set(mn, id)
    if (opens === null) return
    await admin.call(contract.act, {
      params: { id },
      body: {
        requestId: idOf(county.seed, 'link', mn),
        action: 'link',
        input: { sprayerId: getId(ids, opens), unit: 1 },
      },
    })
  }
  const devices = demoDevices(county)
  const sprayers = devices.filter(({ kind }) => kind === 'sprayer')
  const monitors = devices.filter(({ kind }) => kind === 'dust')
  await each('喷淋控制器', sprayers, onboard)
  await each('扬尘监测仪', monitors, onboard)
}
