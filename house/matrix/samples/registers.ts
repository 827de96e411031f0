import { randomUUID } from 'node:crypto'
import { projectContract } from '@plumbline/core/project'
import { readSheet } from 'read-excel-file/node'
import { drawMap } from '../../../simulator/county/map.ts'
import { makeOrg, makePerson, makeProject, newOrg, newPerson, newProject, upload } from '../makers.ts'
import type { Maker, Samples } from '../run.ts'
import type { World } from '../world.ts'

const body = (more: object) => ({ requestId: randomUUID(), ...more })
const step = (id: string, action: string, input: object) => ({
  ask: { params: { id }, body: body({ action, input }) },
  of: id,
})

/** Whether an XLSX names something. */
export const sheetHas = (text: string) => async (bytes: Buffer) => JSON.stringify(await readSheet(bytes)).includes(text)

export const orgSamples: Samples = {
  'org.list': async ({ cast }) => ({ ask: { query: { limit: 200 } }, marker: cast.contractorId }),
  'org.get': async ({ cast }) => ({ ask: { params: { id: cast.contractorId } }, marker: cast.contractorId }),
  'org.register': async (world) => ({ ask: { body: body({ input: newOrg(world) }) } }),
  'org.act amend': async (world) => step(await makeOrg(world), 'amend', { phone: '0573-80000001' }),
  'org.act join': async (world) => step(await makeOrg(world), 'join', { parentId: world.cast.groupId }),
  'org.act leave': async (world) => step(await makeOrg(world, world.cast.groupId), 'leave', { reason: '改制' }),
  'org.act revoke': async (world) => step(await makeOrg(world), 'revoke', { reason: '注销登记' }),
}

export const personSamples: Samples = {
  'person.list': async ({ cast }) => ({ ask: { query: { limit: 200 } }, marker: cast.persons.manager }),
  'person.get': async ({ cast: { persons } }) => ({ ask: { params: { id: persons.manager } }, of: persons.manager }),
  'person.register': async (world) => ({ ask: { body: body(newPerson(world)) } }),
  'person.act amend': async (world) => step(await makePerson(world), 'amend', { phone: '19900029999' }),
  'person.act remove': async (world) => step(await makePerson(world), 'remove', { reason: '重复登记' }),
  'person.reveal': async (world) => {
    const id = await makePerson(world)
    return { ask: { params: { id }, body: body({ reason: '核对任职资格' }) }, of: id }
  },
}

/** Of the cast's own project, whose name nothing made here bears. */
const narrow = { q: '城东污水厂' }

/** The papers of a step are uploaded by whoever takes it. */
const withPapers =
  (make: (world: World) => Promise<string>, action: string, input: object): Maker =>
  async (world, role) => {
    const files = [await upload(world, world.cookieOf(role)!)]
    return step(await make(world), action, { ...input, files })
  }

export const projectSamples: Samples = {
  'project.list': async ({ cast }) => ({ ask: { query: narrow }, marker: cast.projectId }),
  'project.counts': async () => ({ ask: { query: narrow }, marker: ({ total }: { total: number }) => total === 1 }),
  'project.sites': async ({ cast }) => ({ ask: { query: narrow }, marker: cast.projectId }),
  'project.export': async () => ({ ask: { query: {} }, marker: sheetHas('城东污水厂') }),
  'project.template': async () => ({ ask: {} }),
  // The sheet is the importer's own upload.
  'project.import': async (world, role) => {
    const sheet = (await world.house.call(world.cast.admin, projectContract.template)).body as Buffer
    const { body: file } = await world.house.upload(world.cookieOf(role)!, sheet, '项目.xlsx')
    return { ask: { body: { importId: randomUUID(), fileId: file.id } } }
  },
  'project.get': async ({ cast }) => ({ ask: { params: { id: cast.projectId } }, of: cast.projectId }),
  'project.register': async (world) => ({ ask: { body: body({ input: newProject(world) }) } }),
  'project.amend amend': async (world) => step(await makeProject(world), 'amend', { area: 3000 }),
  'project.assign assign': async (world) =>
    step(await makeProject(world), 'assign', {
      officers: [{ personId: world.cast.persons.inspectorB, lead: true }],
    }),
  'project.act start': async (world) => step(await makeProject(world), 'start', { day: '2026-01-15' }),
  'project.act stop': withPapers((world) => makeProject(world, 'building'), 'stop', { reason: '台风防御' }),
  'project.act resume': withPapers((world) => makeProject(world, 'stopped'), 'resume', { reason: '隐患消除' }),
  'project.act complete': withPapers((world) => makeProject(world, 'building'), 'complete', { day: '2026-10-01' }),
  'project.act terminate': withPapers((world) => makeProject(world), 'terminate', { reason: '规划调整' }),
  'project.officers': async ({ cast }) => ({ ask: {}, marker: cast.persons.inspectorA }),
  'project.county': async ({ cast }) => ({ ask: {}, marker: cast.projectId }),
  'project.drawTowns': async () => {
    const towns = drawMap().towns.map(({ code, name, hightechZone, polygon }) => ({
      code,
      name,
      hightechZone,
      polygon,
    }))
    return { ask: { body: body({ towns }) } }
  },
}
