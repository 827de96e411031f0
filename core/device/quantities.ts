import { factors } from '../codec/hj212/index.ts'
import { pointPattern } from '../codec/sitejson/index.ts'
import { baseOf } from './models.ts'

/** A monitored quantity as the pages name it; what lies outside [low, high] no working instrument says. */
export interface Quantity {
  code: string
  name: string
  unit: string
  mean: 'arithmetic' | 'energy' | 'direction'
  low: number
  high: number
}

/** Bounds of what is taken for a measurement: ours, wide, against damaged frames and wrong unit profiles. */
const bounds: Record<string, [low: number, high: number]> = {
  'µg/m³': [0, 10_000],
  't/(km²·月)': [0, 1_000],
  '℃': [-50, 70],
  '%': [0, 100],
  kPa: [50, 115],
  'm/s': [0, 75],
  '°': [0, 360],
  'dB(A)': [0, 160],
}

const inAir: readonly Quantity[] = factors.map(({ code, name, unit, mean }) => {
  const [low, high] = bounds[unit]!
  return { code, name, unit, mean, low, high }
})

const quantity = (code: string, name: string, unit: string, low: number, high: number): Quantity => ({
  code,
  name,
  unit,
  low,
  high,
  mean: 'arithmetic',
})

/** Names of the field set that tower cranes and hoists send (GB/T 37366, GB/T 37537; standards 6.1 and 6.3). */
const onMachines: readonly Quantity[] = [
  quantity('liftingCapacity', '起重量', 't', 0, 200),
  quantity('safeLiftingCapacity', '额定起重量', 't', 0, 200),
  quantity('loadPercent', '载荷率', '%', 0, 300),
  quantity('momentPercent', '力矩百分比', '%', 0, 300),
  quantity('amplitude', '幅度', 'm', 0, 150),
  { ...quantity('round', '回转角度', '°', -1080, 1080), mean: 'direction' },
  quantity('height', '吊钩高度', 'm', -50, 600),
  quantity('dipAngleX', '倾角X', '°', -45, 45),
  quantity('dipAngleY', '倾角Y', '°', -45, 45),
  quantity('windSpeed', '风速', 'm/s', 0, 75),
  quantity('overRide', '倍率', '', 1, 8),
  quantity('warningWord', '报警字', '', 0, 4_294_967_295),
  quantity('currentLoad', '载重', 't', 0, 20),
  quantity('personCount', '载人数', '人', 0, 100),
  quantity('floor', '楼层', '层', -10, 200),
  quantity('speed', '运行速度', 'm/s', -5, 5),
  quantity('doorFront', '前门', '', 0, 1),
  quantity('doorBack', '后门', '', 0, 1),
]

/** Measured at points of the ground and of scaffolds, cumulative since the first survey (standards 6.4 and 6.5). */
const inGround: readonly Quantity[] = [
  quantity('subside', '沉降', 'mm', -2000, 2000),
  quantity('displace', '水平位移', 'mm', -2000, 2000),
  quantity('deepDisplace', '深层水平位移', 'mm', -2000, 2000),
  quantity('waterLevel', '地下水位变化', 'm', -50, 50),
  quantity('axialForce', '轴力', 'kN', -20_000, 20_000),
  quantity('tilt', '倾角', '°', -45, 45),
]

const onSite: readonly Quantity[] = [
  quantity('electricity', '用电量', 'kWh', 0, 1e9),
  quantity('power', '有功功率', 'kW', -10_000, 10_000),
  quantity('water', '用水量', 'm³', 0, 1e8),
  quantity('roomTemperature', '养护室温度', '℃', -30, 60),
  quantity('roomHumidity', '养护室湿度', '%', 0, 100),
  quantity('grossWeight', '总重', 't', 0, 200),
  quantity('intrusion', '入侵', '', 0, 1),
  quantity('peopleInside', '在场人数', '人', 0, 20_000),
  quantity('truckSpeed', '车速', 'km/h', 0, 150),
]

export const quantities: readonly Quantity[] = [...inAir, ...onMachines, ...inGround, ...onSite]

const byCode = new Map(quantities.map((quantity) => [quantity.code, quantity]))

/** The quantity of a code; SBn is the state of a pump or valve, `subside@S1` the settlement of point S1. */
export function findQuantity(code: string): Quantity | undefined {
  const plain = byCode.get(code)
  if (plain) return plain
  const unit = /^SB(\d{1,3})$/.exec(code)
  if (unit) return { ...quantity(code, `${unit[1]} 号开关`, '', 0, 5) }
  const base = baseOf(code)
  const point = code.slice(base.length + 1)
  const found = point === '' ? undefined : byCode.get(base)
  return found && pointed.has(base) && pointPattern.test(point)
    ? { ...found, code, name: `${found.name} ${point}` }
    : undefined
}

/** What is measured at points. */
export const pointed: ReadonlySet<string> = new Set([...inGround.map(({ code }) => code), 'intrusion'])
