import type { RuleView } from '@plumbline/core/account'

export const sayValue = (value: RuleView['value']) =>
  typeof value === 'boolean' ? (value ? '是' : '否') : String(value)

/** How sure we are of a rule: the tag of core/law in words. The tag itself stands in the title. */
export function saySource(source: string): string {
  const [tag = '', place = ''] = source.split(':')
  const words: Record<string, string> = {
    V: '已核对原文',
    M: '凭记忆，待核对',
    'M?': '存疑，待核对',
    seed: '出自立项材料',
    L: '地方做法',
    engineering: '平台运行参数',
  }
  const said = words[tag.trim()]
  return said ? [said, place.trim()].filter(Boolean).join(' ') : source
}
