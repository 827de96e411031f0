import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Ground floor first. A room may enter a room that stands earlier in this list, by its index; never a later one. */
export const rooms = [
  'account',
  'org',
  'person',
  'project',
  'device',
  'evidence',
  'certificate',
  'inspection',
  'draw',
  'telemetry',
  'video',
  'danger-work',
  'lifting',
  'workforce',
  'wage',
  'material',
  'progress',
  'model',
  'complaint',
  'permit',
  'rectification',
  'sanction',
  'evaluation',
  'credit',
  'remote',
  'office',
  'exchange',
  'insight',
  'board',
  'disclosure',
]
const ground = ['kit', 'access', 'law', 'workflow', 'base']

interface Edge {
  from: string
  to: string
}

const imported = /(?:from|import)\s*\(?\s*'([^'\n]+)'/g

/** Every import as a pair of paths from the root. */
function edgesOf(file: string, text: string): Edge[] {
  return [...text.matchAll(imported)].map(([, to]) => ({ from: file, to: resolve(file, to!) }))
}

function resolve(file: string, to: string): string {
  if (to.startsWith('.')) return join(dirname(file), to)
  const named = /^@plumbline\/(core|server|web|simulator)\/(.+)$/.exec(to)
  if (!named) return to
  return /^(contracts|workflows)$/.test(named[2]!) ? `core/${named[2]}.ts` : `${named[1]}/${named[2]}/index.ts`
}

const files = globSync('{core,server,web,simulator}/**/*.{ts,tsx}', {
  exclude: ['**/node_modules/**', '**/dist/**'],
}).filter((file) => !/\.test\.tsx?$/.test(file))
const edges = files.flatMap((file) => edgesOf(file, readFileSync(file, 'utf8')))

const house = (path: string) => /^(core|server|web|simulator)\//.exec(path)?.[1]
const room = (path: string) => /^(?:server\/rooms|web\/rooms|core)\/([\w-]+)\//.exec(path)?.[1]
const floor = (path: string) => rooms.indexOf(room(path) ?? '')
const crossing = ({ from, to }: Edge) => floor(from) >= 0 && floor(to) >= 0 && room(from) !== room(to)

const rules: Record<string, { bad(edge: Edge): boolean; example: Edge }> = {
  'core is pure: zod and nothing else': {
    bad: ({ from, to }) => house(from) === 'core' && house(to) !== 'core' && to !== 'zod',
    example: { from: 'core/kit/day.ts', to: 'node:fs' },
  },
  'web and server meet in core': {
    bad: ({ from, to }) =>
      (house(from) === 'web' && house(to) === 'server') || (house(from) === 'server' && house(to) === 'web'),
    example: { from: 'web/kit/api.ts', to: 'server/base/http.ts' },
  },
  'the simulator speaks to the server only through its doors': {
    bad: ({ from, to }) => house(from) === 'simulator' && (house(to) === 'server' || house(to) === 'web'),
    example: { from: 'simulator/county/county.ts', to: 'server/app.ts' },
  },
  'the ground knows no room, and each part only those below it': {
    bad: ({ from, to }) => {
      const below = ground.indexOf(room(from) ?? '')
      if (house(from) !== 'core' || below < 0 || house(to) !== 'core') return false
      // A route names its permission and a law's day is a kit day: kit, access and law lean on each other by types alone.
      return floor(to) >= 0 || (ground.indexOf(room(to) ?? '') > below && below > ground.indexOf('law'))
    },
    example: { from: 'core/law/law.ts', to: 'core/project/index.ts' },
  },
  'codecs know no room': {
    bad: ({ from, to }) => from.startsWith('core/codec/') && floor(to) >= 0,
    example: { from: 'core/codec/hj212/decode.ts', to: 'core/device/index.ts' },
  },
  'base and kit know no room': {
    bad: ({ from, to }) =>
      /^(server\/base|web\/kit)\//.test(from) && (floor(to) >= 0 || to.startsWith('server/gateways/')),
    example: { from: 'server/base/act.ts', to: 'server/rooms/project/index.ts' },
  },
  'no room climbs the stairs': {
    bad: (edge) => crossing(edge) && floor(edge.to) > floor(edge.from),
    example: { from: 'server/rooms/permit/routes.ts', to: 'server/rooms/rectification/index.ts' },
  },
  'a room is entered by its index': {
    bad: (edge) => crossing(edge) && house(edge.from) === house(edge.to) && !/\/index\.tsx?$/.test(edge.to),
    example: { from: 'server/rooms/permit/routes.ts', to: 'server/rooms/project/store.ts' },
  },
  'no web room enters another': {
    bad: (edge) =>
      edge.from.startsWith('web/rooms/') && edge.to.startsWith('web/rooms/') && room(edge.from) !== room(edge.to),
    example: { from: 'web/rooms/project/ProjectPage.tsx', to: 'web/rooms/device/index.tsx' },
  },
  'no room enters a gateway': {
    bad: ({ from, to }) => from.startsWith('server/rooms/') && to.startsWith('server/gateways/'),
    example: { from: 'server/rooms/device/service.ts', to: 'server/gateways/intake.ts' },
  },
  'a gateway enters rooms by their index': {
    bad: ({ from, to }) =>
      from.startsWith('server/gateways/') && to.startsWith('server/rooms/') && !to.endsWith('/index.ts'),
    example: { from: 'server/gateways/intake.ts', to: 'server/rooms/telemetry/store.ts' },
  },
  'nothing enters the roof': {
    bad: ({ from, to }) =>
      (to === 'server/app.ts' || to === 'server/main.ts') && !['server/main.ts', 'server/verify.ts'].includes(from),
    example: { from: 'server/rooms/project/index.ts', to: 'server/app.ts' },
  },
}

const none = (bad: (edge: Edge) => boolean, among: Edge[] = edges) =>
  among.filter(bad).map(({ from, to }) => `${from} -> ${to}`)

describe('arrows point down', () => {
  for (const [name, { bad, example }] of Object.entries(rules)) {
    test(name, () => expect(none(bad)).toEqual([]))
    test(`${name}: a house that breaks it is named`, () =>
      expect(none(bad, [example])).toEqual([`${example.from} -> ${example.to}`]))
  }
  test('the files were found and their imports read', () => {
    expect(edges.length).toBeGreaterThan(300)
    expect(edgesOf('server/rooms/a/b.ts', "import { x } from '@plumbline/core/kit'\nimport '../c.ts'")).toEqual([
      { from: 'server/rooms/a/b.ts', to: 'core/kit/index.ts' },
      { from: 'server/rooms/a/b.ts', to: 'server/rooms/c.ts' },
    ])
  })
  test('every room stands in the list', () => {
    const there = [...globSync('server/rooms/*'), ...globSync('web/rooms/*')].map((path) => path.split(/[\\/]/).at(-1)!)
    expect(there.filter((name) => !rooms.includes(name))).toEqual([])
  })
})
