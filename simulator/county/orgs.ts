import { orgCodeCheck, usccCheck } from '@plumbline/core/kit'
import { region } from './map.ts'
import { phone } from './people.ts'
import { type Random, random } from './random.ts'
import type { Org, OrgRole } from './schema.ts'

const groups: [name: string, short: string][] = [
  ['云桥建设集团有限公司', '云桥集团'],
  ['青禾城建集团有限公司', '青禾城建'],
  ['禾盛建工集团有限公司', '禾盛建工'],
  ['望溪工程集团有限公司', '望溪集团'],
  ['中澜筑业集团有限公司', '中澜筑业'],
  ['远汀控股集团有限公司', '远汀控股'],
]

/** Three contractors of each group, in the order of the groups. */
const subsidiaries: [name: string, short: string][] = [
  ['青禾云桥建设有限公司', '云桥建设'],
  ['青禾云桥市政工程有限公司', '云桥市政'],
  ['云桥钢结构工程有限公司', '云桥钢构'],
  ['青禾城建第一工程有限公司', '城建一公司'],
  ['青禾城建市政园林有限公司', '城建园林'],
  ['青禾城建水利工程有限公司', '城建水利'],
  ['禾盛建筑工程有限公司', '禾盛建筑'],
  ['禾盛机电安装有限公司', '禾盛机电'],
  ['禾盛装配式建筑有限公司', '禾盛装配'],
  ['望溪建筑工程有限公司', '望溪建筑'],
  ['望溪路桥工程有限公司', '望溪路桥'],
  ['望溪地基基础工程有限公司', '望溪基础'],
  ['中澜筑业青禾建设有限公司', '中澜青禾'],
  ['中澜筑业市政建设有限公司', '中澜市政'],
  ['中澜幕墙装饰有限公司', '中澜幕墙'],
  ['远汀建设有限公司', '远汀建设'],
  ['远汀水务工程有限公司', '远汀水务'],
  ['远汀园林绿化有限公司', '远汀园林'],
]

/** Words from which the other contractors and the supervision firms take their names. */
const contractorWords = [...'鼎恒磐固岳泰筑匠矩广厦宏基砥柱承宇坤载凌构屹']
const supervisionWords = [
  '正衡',
  '明鉴',
  '公度',
  '建信',
  '严格',
  '方圆',
  '中矩',
  '同察',
  '致远',
  '守正',
  '诚衡',
  '立规',
  '求是',
  '恒信',
  '青鉴',
]

/** Owners: who commissions decides what is built, so the kind matters to projects.ts. */
const ownerNames: [name: string, short: string, kind: OwnerKind][] = [
  ['青禾县水务投资开发有限公司', '青禾水投', 'water'],
  ['青禾县安居住房发展有限公司', '青禾安居', 'housing'],
  ['青禾云禾里置业有限公司', '云禾里置业', 'developer'],
  ['青禾县教育局', '县教育局', 'public'],
  ['青禾县卫生健康局', '县卫健局', 'public'],
  ['青禾县城市建设投资有限公司', '青禾城投', 'public'],
  ['青禾县交通投资有限公司', '青禾交投', 'transport'],
  ['青禾县市政公用事业中心', '市政公用中心', 'municipal'],
  ['青禾县园林绿化管理中心', '园林绿化中心', 'landscape'],
  ['青禾县水利局', '县水利局', 'water'],
  ['青禾高新技术产业开发区管理委员会', '高新区管委会', 'municipal'],
  ['青禾高新产业园开发有限公司', '高新园开发', 'industrial'],
  ['青禾县保障性住房建设中心', '保障房中心', 'housing'],
  ['青禾栖澜房地产开发有限公司', '栖澜地产', 'developer'],
  ['青禾望湖置业有限公司', '望湖置业', 'developer'],
  ['远汀地产青禾有限公司', '远汀地产', 'developer'],
  ['青禾锦汀置业有限公司', '锦汀置业', 'developer'],
  ['青禾清岸房地产开发有限公司', '清岸地产', 'developer'],
  ['青禾悦塘商业发展有限公司', '悦塘商业', 'developer'],
  ['禾芯半导体材料有限公司', '禾芯半导体', 'industrial'],
  ['青禾澄光新材料有限公司', '澄光新材', 'industrial'],
  ['南塘精密机械有限公司', '南塘精机', 'industrial'],
  ['柳浦食品有限公司', '柳浦食品', 'industrial'],
  ['青禾远帆智能装备有限公司', '远帆装备', 'industrial'],
  ['石泾纺织科技有限公司', '石泾纺织', 'industrial'],
  ['桑园丝绸股份有限公司', '桑园丝绸', 'industrial'],
  ['青禾恒岸医疗器械有限公司', '恒岸医械', 'industrial'],
  ['北渡仓储物流有限公司', '北渡物流', 'industrial'],
  ['云桥新能源电池有限公司', '云桥电池', 'industrial'],
  ['青湖光电科技有限公司', '青湖光电', 'industrial'],
]

export type OwnerKind =
  | 'developer'
  | 'public'
  | 'housing'
  | 'industrial'
  | 'municipal'
  | 'water'
  | 'transport'
  | 'landscape'

const others: [role: OrgRole, name: string, short: string][] = [
  ['design', '青禾县建筑设计研究院有限公司', '青禾设计院'],
  ['design', '汀洲建筑设计有限公司', '汀洲设计'],
  ['design', '中澜工程设计有限公司', '中澜设计'],
  ['design', '远岸市政设计院有限公司', '远岸市政院'],
  ['survey', '青禾县岩土勘察有限公司', '青禾勘察'],
  ['survey', '磐测地质勘察有限公司', '磐测勘察'],
  ['survey', '望溪工程勘测有限公司', '望溪勘测'],
  ['testing', '青禾县建设工程检测中心有限公司', '青禾检测'],
  ['testing', '正平工程检测有限公司', '正平检测'],
  ['testing', '量衡材料检测有限公司', '量衡检测'],
]

const bodyAlphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']

/** A 统一社会信用代码 (GB 32100-2015) with both check characters right. Public bodies are registered under 11 or 12, companies under 91. */
function drawUscc(name: string, dice: Random): string {
  const register = /[局会]$/.test(name) ? '11' : /中心$/.test(name) ? '12' : '91'
  const body = 'MA' + Array.from({ length: 6 }, () => dice.pick(bodyAlphabet)).join('')
  const first17 = register + region + body + orgCodeCheck(body)
  return first17 + usccCheck(first17)
}

const streets = ['禾丰路', '云桥大道', '青湖路', '人民路', '望溪路', '创业路', '南塘大街', '城东路', '文苑路', '滨河路']

/**
 * The enterprises of the county. Like the map they do not change with the seed, so that demo/projects.xlsx fits every county;
 * only the people who answer for them do.
 */
export function registerOrgs(): Org[] {
  const dice = random(0, 'orgs')
  const counts = new Map<OrgRole, number>()
  const orgs: Org[] = []
  const register = (role: OrgRole, name: string, short: string, parent: string | null = null) => {
    const serial = (counts.get(role) ?? 0) + 1
    counts.set(role, serial)
    const key = `org:${role}-${String(serial).padStart(2, '0')}`
    const legalRepresentative = `person:legal-${role}-${String(serial).padStart(2, '0')}`
    const address = `青禾县${dice.pick(streets)}${dice.int(1, 688)}号`
    orgs.push({
      key,
      name,
      short,
      role,
      uscc: drawUscc(name, dice),
      parent,
      legalRepresentative,
      address,
      phone: phone(orgs.length),
    })
  }
  for (const [name, short] of groups) register('group', name, short)
  subsidiaries.forEach(([name, short], i) => register('contractor', name, short, `org:group-0${Math.floor(i / 3) + 1}`))
  contractorWords.forEach((word, i) => {
    const brand = word + contractorWords[(i + 7) % contractorWords.length]
    const trade = ['建筑工程', '建设工程', '市政工程', '建工'][i % 4]
    register('contractor', `青禾${brand}${trade}有限公司`, `${brand}${trade?.slice(0, 2)}`)
  })
  for (const word of supervisionWords) register('supervision', `青禾${word}工程监理有限公司`, `${word}监理`)
  for (const [name, short] of ownerNames) register('owner', name, short, short === '远汀地产' ? 'org:group-06' : null)
  for (const [role, name, short] of others) register(role, name, short, name.startsWith('中澜') ? 'org:group-05' : null)
  return orgs
}

/** What an owner builds. Throws on an enterprise that is no owner. */
export function kindOf(owner: Org): OwnerKind {
  const row = ownerNames.find(([name]) => name === owner.name)
  if (!row) throw new Error(`no owner: ${owner.key}`)
  return row[2]
}
