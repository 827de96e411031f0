import type { Random } from './random.ts'

/** What the drawings show, by the check item of JGJ 59-2011 they belong to. */
export const scenes = {
  edge: '临边防护',
  opening: '洞口防护',
  passage: '安全通道',
  scaffold: '脚手架剪刀撑',
  pit: '基坑临边与排水',
  switchbox: '配电箱',
  dust: '裸土覆盖',
} as const
export type Scene = keyof typeof scenes

const width = 1280
const height = 960
const ink = '#3b434d'

const line = (x1: number, y1: number, x2: number, y2: number, colour = ink, thick = 4) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="${thick}" stroke-linecap="round"/>`
const box = (x: number, y: number, w: number, h: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" stroke="${ink}" stroke-width="3"/>`
const shape = (fill: string, ...points: [number, number][]) =>
  `<polygon points="${points.map(([x, y]) => `${x},${y}`).join(' ')}" fill="${fill}" stroke="${ink}" stroke-width="3"/>`
const times = (n: number, draw: (i: number) => string): string => Array.from({ length: n }, (_, i) => draw(i)).join('')

/** A guard rail from x1 to x2 standing on y: posts, two rails and a toe board, in the red and white of the trade. */
function rail(x1: number, x2: number, y: number): string {
  const posts = Math.max(2, Math.round((x2 - x1) / 140))
  const bar = (level: number) =>
    line(x1, y - level, x2, y - level, '#c8372d', 10) +
    `<line x1="${x1}" y1="${y - level}" x2="${x2}" y2="${y - level}" stroke="#fff" stroke-width="10" stroke-dasharray="44 44"/>`
  const post = (i: number) =>
    line(x1 + ((x2 - x1) * i) / posts, y, x1 + ((x2 - x1) * i) / posts, y - 150, '#8d2b24', 10)
  return box(x1, y - 26, x2 - x1, 26, '#e6c34a') + times(posts + 1, post) + bar(80) + bar(145)
}

type Draw = (mended: boolean, dice: Random) => string

const edge: Draw = (mended, dice) => {
  const floors = dice.int(2, 3)
  const left = dice.int(60, 220)
  const right = dice.int(1040, 1220)
  const top = dice.int(200, 280)
  const columns = dice.int(3, 5)
  const storey = Math.floor((840 - top) / floors)
  return times(floors + 1, (floor) => {
    const y = top + floor * storey
    const column = (i: number) => box(left + 40 + ((right - left - 120) * i) / columns, y, 40, storey, '#c9ced4')
    return (
      (floor < floors ? times(columns + 1, column) : '') +
      box(left, y, right - left, 34, '#b4bac2') +
      (floor < floors && floor > 0 && mended ? rail(left + 10, right - 10, y) : '')
    )
  })
}

const opening: Draw = (mended, dice) => {
  const [x, y, w, h] = [dice.int(360, 500), dice.int(420, 500), dice.int(300, 420), dice.int(170, 240)]
  const floor = shape('#c3c8ce', [0, 330], [width, 330], [width, height], [0, height])
  const joints = times(5, (i) => line(i * 300 - 120, height, i * 200 + 240, 330, '#aab0b8', 2))
  const hole = shape('#20262d', [x, y], [x + w, y], [x + w + 60, y + h], [x - 60, y + h])
  const cover =
    shape('#d8a04a', [x - 20, y - 12], [x + w + 20, y - 12], [x + w + 84, y + h + 14], [x - 84, y + h + 14]) +
    times(5, (i) => line(x + (w * i) / 4, y - 10, x - 70 + ((w + 140) * i) / 4, y + h + 12, '#8a5a16', 5))
  return floor + joints + (mended ? cover + rail(x - 130, x + w + 130, y + h + 130) : hole)
}

const passage: Draw = (mended, dice) => {
  const far = dice.int(430, 520)
  const walls =
    shape('#d9dde2', [0, 80], [far, 300], [far, 600], [0, 900]) +
    shape('#ced3d9', [width, 80], [width - far, 300], [width - far, 600], [width, 900])
  const floor = shape('#bfc5cc', [0, 900], [far, 600], [width - far, 600], [width, 900], [width, height], [0, height])
  const roof = shape('#c48a3e', [0, 80], [far, 300], [width - far, 300], [width, 80], [width, 0], [0, 0])
  const pipes = dice.int(9, 15)
  const lean = dice.int(-60, 60)
  const heap = times(pipes, (i) => {
    const x = 330 + (i % 6) * 92 + dice.int(-14, 14)
    const y = 860 - Math.floor(i / 6) * 56
    return line(x, y, x + 230 + lean, y - 170, '#6b7683', 30) + `<circle cx="${x}" cy="${y}" r="17" fill="#39414a"/>`
  })
  const sign =
    box(590, 360, 100, 64, '#3d7a57') +
    shape('#fff', [612, 402], [640, 376], [640, 402]) +
    line(640, 390, 668, 390, '#fff', 8)
  const stripes = times(4, (i) => line(300 + i * 30, 900 - i * 70, 980 - i * 30, 900 - i * 70, '#e6c34a', 6))
  return roof + walls + floor + sign + (mended ? stripes : heap)
}

const scaffold: Draw = (mended, dice) => {
  const bays = dice.int(6, 9)
  const lifts = dice.int(4, 6)
  const [bay, lift] = [1080 / bays, 720 / lifts]
  const wall = box(60, 90, 1160, 790, '#dde1e6')
  const posts = times(bays + 1, (i) => line(100 + i * bay, 110, 100 + i * bay, 870, '#5a6673', 9))
  const ledgers = times(lifts + 1, (i) => line(100, 130 + i * lift, 1180, 130 + i * lift, '#5a6673', 8))
  const brace = (from: number) =>
    line(100 + from * bay, 860, 100 + (from + 3) * bay, 120, '#c8372d', 10) +
    line(100 + from * bay, 120, 100 + (from + 3) * bay, 860, '#c8372d', 10)
  const boards = times(lifts, (i) => box(100, 118 + i * lift, 1080, 16, '#d8a04a'))
  return wall + posts + ledgers + (mended ? boards + brace(0) + brace(bays - 3) : '')
}

const pit: Draw = (mended, dice) => {
  const rim = dice.int(330, 400)
  const depth = dice.int(700, 780)
  const ground = shape('#b79f7d', [0, rim], [width, rim], [width, height], [0, height])
  const hollow = shape('#8f7757', [150, rim + 30], [1130, rim + 30], [1000, depth], [280, depth])
  const base = shape('#77624a', [280, depth], [1000, depth], [1080, height], [200, height])
  const water = `<ellipse cx="${dice.int(540, 740)}" cy="${depth + 80}" rx="${dice.int(190, 260)}" ry="46" fill="#7f9db0" stroke="${ink}" stroke-width="3"/>`
  const spoil = shape('#a38a66', [760, rim + 34], [900, rim - 120], [1090, rim + 34])
  const drain = box(285, depth + 20, 710, 22, '#9aa3ad')
  return ground + hollow + base + (mended ? drain + rail(110, 1170, rim + 30) : water + spoil)
}

const switchbox: Draw = (mended, dice) => {
  const [x, y] = [dice.int(400, 480), dice.int(210, 260)]
  const body = box(x, y, 400, 480, '#e8c547') + box(x + 30, y + 30, 340, 420, '#eef0f3')
  const rows = times(3, (row) => times(4, (i) => box(x + 62 + i * 72, y + 60 + row * 120, 46, 80, '#4a535e')))
  const legs = line(x + 50, y + 480, x + 50, 860, ink, 12) + line(x + 350, y + 480, x + 350, 860, ink, 12)
  const wires = times(dice.int(4, 6), (i) => {
    const end = dice.int(60, 1220)
    return `<path d="M${x + 90 + i * 46} ${y + 430} C ${x + 60 + i * 40} 780, ${end} 700, ${end} 900" fill="none" stroke="${['#c8372d', '#3d7a57', '#0958d9', '#20262d'][i % 4]}" stroke-width="8"/>`
  })
  const door =
    box(x, y, 400, 480, '#e8c547') +
    shape(
      '#20262d',
      [x + 215, y + 150],
      [x + 165, y + 260],
      [x + 205, y + 260],
      [x + 185, y + 340],
      [x + 240, y + 225],
      [x + 200, y + 225],
    ) +
    box(x + 350, y + 215, 22, 60, '#8d939b')
  const ground = box(0, 850, width, 110, '#b9aa90')
  return ground + legs + (mended ? door + line(x + 200, y + 480, x + 200, 850, '#20262d', 26) : body + rows + wires)
}

const dust: Draw = (mended, dice) => {
  const heaps = Array.from({ length: dice.int(3, 4) }, (_, i) => ({
    x: 120 + i * 290 + dice.int(-40, 40),
    top: dice.int(420, 560),
    half: dice.int(190, 260),
  }))
  const ground = box(0, 760, width, 200, '#c4ad88')
  const fence = times(9, (i) => box(i * 144 - 6, 290, 144, 470, i % 2 ? '#c9dfd0' : '#bcd6c5'))
  const mound = (heap: { x: number; top: number; half: number }) =>
    shape(
      mended ? '#4d7a55' : '#a9814f',
      [heap.x - heap.half, 800],
      [heap.x - heap.half * 0.35, heap.top + 30],
      [heap.x + 20, heap.top],
      [heap.x + heap.half * 0.45, heap.top + 50],
      [heap.x + heap.half, 800],
    )
  const net = (heap: { x: number; top: number; half: number }) =>
    times(7, (i) =>
      line(heap.x + heap.half * (i / 4 - 0.75), 796, heap.x + heap.half * (i / 9 - 0.33), heap.top + 50, '#9cc3a3', 3),
    )
  const cloud = times(
    7,
    () =>
      `<circle cx="${dice.int(100, 1180)}" cy="${dice.int(330, 560)}" r="${dice.int(40, 90)}" fill="#cdb894" opacity="0.35"/>`,
  )
  return fence + ground + heaps.map((heap) => mound(heap) + (mended ? net(heap) : '')).join('') + (mended ? '' : cloud)
}

const drawings: Record<Scene, Draw> = { edge, opening, passage, scaffold, pit, switchbox, dust }

/** An SVG of 1280 × 960. `dice` places the things and is the same before and after; `light` is the hour and the hand. */
export function drawScene(scene: Scene, mended: boolean, dice: Random, light: Random): string {
  const sky = `hsl(${light.int(200, 216)} ${light.int(22, 40)}% ${light.int(86, 93)}%)`
  const [dx, dy] = [light.int(-10, 10), light.int(-8, 8)]
  const turn = (light.next() - 0.5) * 1.2
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<rect width="${width}" height="${height}" fill="${sky}"/><rect y="860" width="${width}" height="100" fill="#cfd3d8"/>` +
    `<g transform="translate(${dx} ${dy}) rotate(${turn.toFixed(3)} 640 480) translate(-32 -24) scale(1.05)">${drawings[scene](mended, dice)}</g></svg>`
  )
}
