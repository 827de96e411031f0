import { deviceContract } from '@plumbline/core/device'
import { randomBytes } from 'node:crypto'
import type { City, CityDevice } from '../simulator/city/index.ts'
import { connect } from '../simulator/client.ts'
import type { Person } from '../simulator/county/index.ts'
import { openDesk } from '../simulator/seed/desk.ts'
import { idOf } from '../simulator/seed/names.ts'
import { drawMap, getId, openAccounts, registerOrgs, registerPeople } from '../simulator/seed/registry.ts'
import { inTurns } from '../simulator/seed/progress.ts'
import { registerSite, startSite } from '../simulator/seed/sites.ts'

export interface Founded {
  /** Ids that the house gave, by device number. */
  devices: ReadonlyMap<string, string>
  /** How many officers look after the city's projects. */
  officers: number
}

const projectsOf = ({ devices }: City): ReadonlySet<string> => new Set(devices.map(({ project }) => project))

/** Everybody but those who work only on sites that are not in the city. */
function peopleOf(city: City): Person[] {
  const { people, sitePosts } = city.county
  const used = projectsOf(city)
  const posted = (here: boolean) =>
    new Set(sitePosts.filter(({ project }) => used.has(project) === here).map(({ person }) => person))
  const [here, elsewhere] = [posted(true), posted(false)]
  return people.filter(({ key }) => here.has(key) || !elsewhere.has(key))
}

/** Enters a city into an empty house through its public API: units, people, projects with their officers, devices. */
export async function foundCity(
  city: City,
  url: string,
  { meters, settle, say }: { meters: Record<string, number>; settle(): Promise<void>; say(line: string): void },
): Promise<Founded> {
  const { county } = city
  const client = connect(url)
  const admin = await client.enterFirst({
    county: { region: county.region, name: county.name, authority: county.authority, documentWord: '青建监' },
    login: 'city-administrator',
    name: '城市管理员',
    password: randomBytes(24).toString('base64url'),
  })
  const desk = openDesk(client, county, admin)
  await drawMap(admin, county)
  const orgs = await registerOrgs(admin, county)
  const people = await registerPeople(admin, { ...county, people: peopleOf(city) }, orgs)
  await openAccounts(desk, county, { orgs, people }, [])
  const used = projectsOf(city)
  const projects = new Map<string, string>()
  const chosen = county.projects.filter(({ key }) => used.has(key))
  await inTurns(chosen, async (project) => {
    const id = await registerSite(desk, county, project, { orgs, people })
    projects.set(project.key, id)
    await startSite(desk, county, project, id)
  })
  say(`projects: ${projects.size}`)
  await settle()

  const devices = new Map<string, string>()
  const enter = (device: CityDevice) => onboard(device)
  const onboard = async ({ number, password, modelCode, name, project, point, settings, opens }: CityDevice) => {
    const port = meters[number]
    const modbus = port === undefined ? null : { host: '127.0.0.1', port, unit: 1 }
    const { id } = await admin.call(deviceContract.onboard, {
      body: {
        requestId: idOf(city.seed, 'device', number),
        ...{ modelCode, mn: number, name, point, projectId: getId(projects, project) },
        ...(modbus ? { modbus } : { password }),
      },
    })
    devices.set(number, id)
    const named = (action: string) => ({ params: { id }, requestId: idOf(city.seed, action, number) })
    if (settings.limits.length > 0 || Object.keys(settings.rated).length > 0) {
      const { params, requestId } = named('configure')
      const input = { ...settings, modbus }
      await admin.call(deviceContract.act, { params, body: { requestId, action: 'configure', input } })
    }
    if (opens !== null) {
      const { params, requestId } = named('link')
      const input = { sprayerId: devices.get(opens)!, unit: 1 }
      await admin.call(deviceContract.act, { params, body: { requestId, action: 'link', input } })
    }
  }
  // What is opened is entered before what opens it.
  await inTurns(
    city.devices.filter(({ opens }) => opens === null),
    enter,
  )
  await inTurns(
    city.devices.filter(({ opens }) => opens !== null),
    enter,
  )
  say(`devices: ${devices.size}`)
  await settle()
  return { devices, officers: county.officers.filter(({ capacity }) => capacity === 'inspector').length }
}
