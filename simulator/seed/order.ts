import { addDays, dayOf } from '@plumbline/core/kit'
import {
  isOpenItem,
  type ItemState,
  type Notice,
  type NoticeView,
  rectificationContract as contract,
} from '@plumbline/core/rectification'
import type { Session } from '../client.ts'
import { random } from '../county/index.ts'
import type { Deed } from './courses.ts'
import { foundAt } from './inspect.ts'
import { idOf } from './names.ts'
import { before, takePhoto } from './pictures.ts'
import type { Order, Visit } from './plan.ts'
import { getId } from './registry.ts'
import { countOf, holderOf, nameOf, orgIdOf, sessionOf, type Setting } from './setting.ts'

const stopTerms = {
  scope: '全部施工作业；排险、加固和应急抢险除外',
  protection: ['停工期间设专人值守，封闭危险区域', '持续监测并每日报送监测数据'],
  resumeWhen: ['隐患整改完成并经监理复核', '经监督人员复查合格'],
}

const unitCapacity = { contractor: 'project_manager', supervision: 'chief_engineer' } as const
const unitPost = { contractor: '项目经理', supervision: '总监理工程师' } as const

/** Drafts, issues and serves the notice of an order on its signed inspection. Answers its id. */
export async function serveOrder(setting: Setting, visit: Visit, order: Order, inspectionId: string): Promise<string> {
  const { county, desk, ids } = setting
  const { project } = visit
  const session = await desk.as(visit.officers[0])
  let view = await session.call(contract.draft, {
    body: {
      requestId: idOf(county.seed, order.key),
      input: {
        projectId: getId(ids.projects, project.key),
        orgId: orgIdOf(setting, project, order.unit),
        inspectionId,
        findingIds: foundAt(county.seed, visit).flatMap(({ id, unit }) => (unit === order.unit ? [id] : [])),
        kind: order.kind,
        ...(order.kind === 'correct' ? {} : stopTerms),
      },
    },
  })
  const { id } = view.record
  const act = async (action: 'issue' | 'serve', input: object) => {
    const body = { requestId: idOf(county.seed, order.key, action), action, input }
    view = await session.call(contract.act, { params: { id }, body: body as never })
  }
  if (view.record.state === 'draft') await act('issue', {})
  if (view.record.state === 'issued') await act('serve', serviceOf(setting, visit, order, view.record))
  return id
}

/** Most notices go out electronically; some are handed over on the spot and signed for. */
function serviceOf(setting: Setting, { project }: Visit, { key, unit }: Order, notice: Notice) {
  const recipient = {
    name: nameOf(setting, holderOf(setting.county, project, unitCapacity[unit])),
    post: unitPost[unit],
  }
  return random(setting.county.seed, `service ${key}`).chance(0.75)
    ? { way: 'electronic', outcome: 'delivered', recipient, at: notice.issuedAt }
    : { way: 'on_site', outcome: 'read', recipient, at: notice.issuedAt }
}

interface Doing {
  setting: Setting
  visit: Visit
  order: Order
  at: string
  notice: Notice
  session: Session
  /** How often the deed is done in this order, this time included. */
  turn: number
}

/** Who does a deed. */
function actorOf(setting: Setting, { project, officers }: Visit, { unit }: Order, deed: Deed): Promise<Session> {
  if (deed.do === 'countersign' || deed.do === 'recommend') return sessionOf(setting, project, 'chief_engineer')
  if (deed.do === 'acknowledge' || deed.do === 'reply') return sessionOf(setting, project, unitCapacity[unit])
  return setting.desk.as(deed.do === 'withdraw' ? setting.county.demo.people.chief : officers[0])
}

/** Does one deed of an order, unless a loading before has done it or there is nothing it would be done to. */
export async function doDeed(
  setting: Setting,
  visit: Visit,
  order: Order,
  place: { id: string; at: string; index: number },
): Promise<void> {
  const { deed } = order.deeds[place.index]!
  const turn = order.deeds.slice(0, place.index + 1).filter((one) => one.deed.do === deed.do).length
  const session = await actorOf(setting, visit, order, deed)
  const view: NoticeView = await session.call(contract.get, { params: { id: place.id } })
  if (countOf(view.acts, `rectification.${deed.do}`) >= turn) return
  const input = await inputOf(deed, { setting, visit, order, at: place.at, notice: view.record, session, turn })
  if (!input) return
  const body = { requestId: idOf(setting.county.seed, order.key, deed.do, turn), action: deed.do, input }
  await session.call(contract.act, { params: { id: place.id }, body: body as never })
}

/** What a deed is done with; null where nothing lies there. */
async function inputOf(deed: Deed, doing: Doing): Promise<object | null> {
  const { notice, visit, at } = doing
  switch (deed.do) {
    case 'acknowledge':
      return notice.service?.outcome === 'delivered' ? {} : null
    case 'reply':
      return replyOf(doing, deed.some)
    case 'countersign':
      return decide(notice, 'replied', (itemId, first) =>
        deed.back && first
          ? { itemId, agree: false, opinion: '现场复核局部未到位，退回施工单位继续整改' }
          : { itemId, agree: true, opinion: '已现场复核，整改到位' },
      )
    case 'review':
      return decide(notice, 'confirmed', (itemId, first) =>
        deed.back && first
          ? { itemId, accept: false, reason: '照片未反映整改部位全貌，请补充整改后重新回复' }
          : { itemId, accept: true },
      )
    case 'extend': {
      const open = notice.items.filter(isOpenItem)
      const last = open
        .map(({ due }) => due!)
        .sort()
        .at(-1)!
      const reason = '受连续降雨影响，材料进场推迟，经核实同意延期'
      return { itemIds: open.map(({ id }) => id), to: addDays(dayOf(new Date(last)), 5), reason }
    }
    case 'order_visit':
      return { itemIds: openIds(notice), reason: '涉及高处作业安全，闭合前须现场复查' }
    case 'visit': {
      const { id } = await takePhoto(doing.session, `edge:${doing.order.key}/visit`, 'after', {
        taken: before(at, 20),
        point: visit.project.point,
      })
      const note = '现场复查，隐患部位均已整改'
      return { itemIds: openIds(notice), at: before(at, 25), fixed: true, note, photos: [id] }
    }
    case 'recommend':
      return { agree: true, opinion: '隐患已消除，监测数据稳定，具备复工条件' }
    case 'resume':
      return { conclusion: '经复查，停工整改事项已全部完成，同意复工' }
    case 'withdraw':
      return { reason: '经核实责任单位认定有误，撤回后另行处理' }
  }
}

const openIds = (notice: Notice) => notice.items.filter(isOpenItem).map(({ id }) => id)

function decide(notice: Notice, state: ItemState, say: (itemId: string, first: boolean) => object) {
  const items = notice.items.filter((item) => item.state === state)
  return items.length > 0 ? { items: items.map(({ id }, i) => say(id, i === 0)) } : null
}

/** Answers the items that lie with the unit, each with a photograph of the mended place. */
async function replyOf({ setting, visit, at, notice, session, turn }: Doing, some?: number) {
  const found = foundAt(setting.county.seed, visit)
  const open = notice.items.filter(({ state }) => state === 'fixing').slice(0, some)
  const items = []
  for (const item of open) {
    const place = found.findIndex(({ id }) => id === item.findingId)
    const { fault } = found[place]!
    // The second answer shows the place once more, in another light.
    const key = `${fault.scene}:${visit.key}/${fault.item}/${place}${turn > 1 ? `/${turn}` : ''}` as const
    const { id } = await takePhoto(session, key, 'after', { taken: before(at, 90), point: visit.project.point })
    items.push({ itemId: item.id, text: fault.answer, photos: [id] })
  }
  return items.length > 0 ? { items } : null
}
