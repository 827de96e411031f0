import type { Law, RuleCode } from '../../law/index.ts'

/** Sixteen directions from which the wind blows, clockwise from north. */
export const directions = [
  ...['北', '北东北', '东北', '东东北', '东', '东东南', '东南', '南东南'],
  ...['南', '南西南', '西南', '西西南', '西', '西西北', '西北', '北西北'],
] as const

/** Which of the sixteen a direction in degrees belongs to; a border belongs to the sector that begins there. */
export const directionOf = (degrees: number): number => Math.floor((degrees + 11.25) / 22.5) % directions.length

const mostLevel = 12
const ruleOf = (level: number) => `wind.level_${level}` as RuleCode

/** From which speed (m/s) each level begins, level 1 first. Below level 1 it is calm. */
export const levelsFrom = (law: Law): number[] =>
  Array.from({ length: mostLevel }, (_, index) => law.number(ruleOf(index + 1)))

/** The level of a speed, 0 for calm. */
export const levelOf = (speed: number, from: readonly number[]): number => from.filter((least) => speed >= least).length

/** A rose has one class for each level up to this one, and the last for all above. */
export const lastClass = 6
export const sayLevel = (level: number): string => (level >= lastClass ? `${lastClass} 级及以上` : `${level} 级`)
