/**
 * What the bits of a crane's alarm word mean (standards 6.1, V:S11b). Item 0 is the leftmost of the 32 characters and stands
 * at 2^0; items 22 to 31 are reserved.
 */
const items = [
  ...['风速', '超重', '碰撞', '力矩', '倾斜'],
  ...['前碰撞', '后碰撞', '左碰撞', '右碰撞'],
  ...['前区域保护', '后区域保护', '左区域保护', '右区域保护'],
  ...['上限位', '下限位', '外限位', '内限位', '左限位', '右限位'],
  ...['进入区域', '防碰撞停车角', '防碰撞刹车角'],
] as const

export interface WarningItem {
  item: number
  name: string
}

/** The items that are set in an alarm word, lowest first; undefined for a number that is no word of 32 bits. */
export function warningWordOf(word: number): WarningItem[] | undefined {
  if (!Number.isInteger(word) || word < 0 || word >= 2 ** 32) return undefined
  const set = Array.from({ length: 32 }, (_, item) => item).filter((item) => Math.floor(word / 2 ** item) % 2 === 1)
  return set.map((item) => ({ item, name: items[item] ?? `保留位 ${item}` }))
}
