import type { OwnerKind } from './orgs.ts'
import type { Random } from './random.ts'
import type { Sector, Town } from './schema.ts'

/** What is built: everything about a site that follows from its sector and its town. */
export interface Work {
  name: string
  category: string
  area: number | null
  cost: number
}

const roads = [
  '禾丰路',
  '文苑路',
  '青湖路',
  '望溪路',
  '桑园路',
  '创业路',
  '滨河路',
  '育才路',
  '柳浦路',
  '振兴路',
  '新桥路',
  '泾西路',
  '渡口路',
  '稻香路',
  '明珠路',
  '学前路',
  '广福路',
  '梅溪路',
]
const rivers = [
  '清溪河',
  '北泾港',
  '南塘河',
  '望溪',
  '桑园港',
  '青湖',
  '柳浦塘',
  '石泾',
  '长浜',
  '禾溪',
  '东横港',
  '渡口塘',
]
const estates = ['栖', '澜', '映', '望', '锦', '悦', '柳', '清', '竹', '汀', '和', '雅', '云', '松']
const estateEnds = ['湖花园', '溪雅苑', '岸府', '汀名邸', '塘里', '洲华庭', '屿公馆', '林苑']
const phases = ['', '一期', '二期', '三期', '东地块', '西地块']

/** 万元 from a unit price in 元. */
const priced = (area: number, perSquareMetre: number): number => Math.round((area * perSquareMetre) / 1e4)
const round10 = (value: number): number => Math.round(value / 10) * 10
/** Between low and high, small ones more often than large ones, as building is. */
const size = (dice: Random, low: number, high: number): number => round10(low * (high / low) ** dice.next())
const stem = (town: Town): string => town.name.replace(/(街道|镇)$/, '')

function building(town: Town, dice: Random, owner: OwnerKind, ownerShort: string): Work {
  if (owner === 'developer') {
    const shop = dice.chance(0.15)
    const area = size(dice, shop ? 6000 : 24_000, shop ? 40_000 : 140_000)
    const estate = dice.pick(estates) + dice.pick(estateEnds)
    const name = shop ? `${stem(town)}${dice.pick(['商业中心', '邻里广场', '商务楼'])}` : estate + dice.pick(phases)
    return { name, category: shop ? '商业建筑' : '住宅', area, cost: priced(area, dice.int(3100, 3900)) }
  }
  const health = ownerShort === '县卫健局'
  const kinds = health
    ? ['卫生院', '养老服务中心', '社区卫生服务站']
    : ownerShort === '县教育局'
      ? ['小学', '中学', '幼儿园', '职业学校实训楼']
      : ['文化中心', '派出所', '图书馆', '便民服务中心', '客运站配套用房']
  const area = size(dice, 2400, 36_000)
  const category = health ? '医疗建筑' : ownerShort === '县教育局' ? '教育建筑' : '公共建筑'
  const name = `${stem(town)}${dice.pick(kinds)}${dice.pick(['新建', '迁建', '扩建', '改造提升'])}工程`
  return { name, category, area, cost: priced(area, dice.int(3600, 5200)) }
}

function housing(town: Town, dice: Random): Work {
  const category = dice.pick(['安置房', '公共租赁住房', '人才公寓', '共有产权住房'])
  const area = size(dice, 12_000, 90_000)
  const name = `${dice.chance(0.5) ? stem(town) : dice.pick(roads)}${category}${dice.pick(['', '一期', '二期', '三期'])}`
  return { name, category, area, cost: priced(area, dice.int(2900, 3600)) }
}

function industrial(town: Town, dice: Random, ownerShort: string): Work {
  const area = size(dice, 2200, 60_000)
  const category = dice.weighted([
    ['厂房', 6],
    ['仓库', 2],
    ['研发楼', 2],
  ] as const)
  const what = {
    厂房: ['生产厂房', '智能化车间', '扩建厂房'],
    仓库: ['成品仓库', '物流仓库'],
    研发楼: ['研发中心', '总部楼'],
  }[category]
  const name = `${ownerShort}${stem(town)}${dice.pick(what)}${dice.pick(['', '一期', '二期'])}`
  return { name, category, area, cost: priced(area, dice.int(1900, 2900)) }
}

type LineSector = Exclude<Sector, 'building' | 'housing' | 'industrial'>

const lines: Record<LineSector, (dice: Random) => [name: string, category: string]> = {
  municipal: (dice) => {
    const category = dice.pick(['市政道路', '管网', '桥梁'])
    if (category === '桥梁') return [`${dice.pick(roads)}跨${dice.pick(rivers)}桥梁工程`, category]
    if (category === '管网')
      return [`${dice.pick(roads)}${dice.pick(['雨污分流', '污水管网', '综合管廊'])}工程`, category]
    return [`${dice.pick(roads)}${dice.pick(['改造', '延伸', '新建'])}工程`, category]
  },
  water: (dice) => {
    const category = dice.pick(['河道整治', '泵站', '水闸'])
    return [
      `${dice.pick(rivers)}${category === '河道整治' ? '综合整治' : `${category}${dice.pick(['新建', '改建'])}`}工程`,
      category,
    ]
  },
  transport: (dice) => {
    const category = dice.pick(['公路', '场站', '航道'])
    const what = { 公路: '公路改建', 场站: '公交首末站', 航道: '航道疏浚' }[category]
    return [`${category === '航道' ? dice.pick(rivers) : dice.pick(roads)}${what}工程`, category as string]
  },
  landscape: (dice) => {
    const category = dice.pick(['公园', '绿地'])
    return [category === '公园' ? `${dice.pick(rivers)}滨水公园` : `${dice.pick(roads)}绿化提升工程`, category]
  },
}

/** 万元, from small to large. */
const lineCosts: Record<string, [number, number]> = {
  市政道路: [700, 24_000],
  管网: [500, 9000],
  桥梁: [900, 12_000],
  河道整治: [600, 16_000],
  泵站: [400, 5000],
  水闸: [400, 3600],
  公路: [1500, 30_000],
  场站: [300, 3200],
  航道: [800, 9000],
  公园: [400, 4000],
  绿地: [200, 1600],
}

/** Draws a work. `owner` is the kind of who commissions it; names may repeat and are made single by the caller. */
export function drawWork(sector: Sector, town: Town, owner: { kind: OwnerKind; short: string }, dice: Random): Work {
  if (sector === 'building') return building(town, dice, owner.kind, owner.short)
  if (sector === 'housing') return housing(town, dice)
  if (sector === 'industrial') return industrial(town, dice, owner.short)
  const [name, category] = lines[sector](dice)
  return { name, category, area: null, cost: size(dice, ...(lineCosts[category] ?? [500, 5000])) }
}

/** An address as site papers write it: works that run along something lie along it. */
export function drawAddress(town: Town, work: Work, dice: Random): string {
  const along = /^.+?[路河溪湖塘港浜泾](?=.)/.exec(work.name)?.[0]
  if (work.area === null && along) return `${town.name}${along}沿线`
  const road = dice.pick(roads)
  const other = dice.pick(roads.filter((name) => name !== road))
  return dice.chance(0.5)
    ? `${town.name}${road}${dice.int(2, 899)}号`
    : `${town.name}${road}与${other}交叉口${dice.pick(['东南', '东北', '西南', '西北'])}侧`
}
