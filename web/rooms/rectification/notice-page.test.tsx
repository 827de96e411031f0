import { rectificationContract } from '@plumbline/core/rectification'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { sentenceFor, sentenceOf } from '../../kit/rules.zh.ts'
import { type Answer, drawPages, inspectorSession, serve, takeUploads } from '../../kit/testing.tsx'
import { FieldNoticePage } from './FieldNoticePage.tsx'
import { NoticePage } from './NoticePage.tsx'
import { itemIds, noticeId, photoIds, round, sampleNotice } from './sample.ts'

const at = `/rectification/${noticeId}`
const actLine = `POST /rectifications/${noticeId}/acts`
const facts = Object.fromEntries(
  photoIds.map((id) => [`GET /files/${id}/facts`, { status: 404, refusal: { rule: 'file' } }]),
)

function open(answers: Record<string, Answer | ((asked: { body: unknown }) => Answer)>, phone = false) {
  const asked = serve({ 'GET /session': { reply: inspectorSession }, ...facts, ...answers })
  drawPages({ '/rectification/:id': phone ? <FieldNoticePage /> : <NoticePage /> }, at)
  return asked
}

const told = (view: unknown) => ({ [`GET /rectifications/${noticeId}`]: { reply: view } })
const dialog = async () => within(await screen.findByRole('dialog'))
const bodies = (asked: { line: string; body: unknown }[]) =>
  asked.filter(({ line }) => line === actLine).map(({ body }) => body as { action: string; input: unknown })

test('out of reach says so and draws nothing of the notice', async () => {
  open({ [`GET /rectifications/${noticeId}`]: { status: 404, refusal: { kind: 'missing', rule: 'rectification' } } })
  expect((await screen.findByRole('alert')).textContent).toContain(
    sentenceFor({ kind: 'missing', rule: 'rectification', detail: undefined }),
  )
  expect(screen.queryByText('现在该做')).toBeNull()
})

test('the page draws the steps that it is given and no other; what is waited for is the main one', async () => {
  open(
    told(
      sampleNotice([
        ['extend', '延长期限'],
        ['review', '审核整改'],
      ]),
    ),
  )
  await screen.findByText('现在该做')
  const buttons = screen.getAllByRole('button').map(({ textContent }) => textContent)
  expect(buttons.filter((text) => text === '审核整改' || text === '延长期限')).toEqual(['审核整改', '延长期限'])
  expect(screen.queryByRole('button', { name: '撤回' })).toBeNull()
})

test('number, tier with its day, state, and how long until the lock', async () => {
  open(told(sampleNotice([])))
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('责令改正通知书 青建监改〔2026〕0015号')
  expect(screen.getByText('黄色提醒 · 第 9 天')).toBeTruthy()
  expect(screen.getByText('还有 6 天锁定该项目的新业务。')).toBeTruthy()
  expect(screen.getByText('现在没有需要您办理的事项。')).toBeTruthy()
})

test('a returned reply keeps its words and its reason', async () => {
  open(told(sampleNotice([], [{ rounds: [round('栏杆高度不足 1.2 m'), round(null)], state: 'confirmed' }, {}])))
  expect(await screen.findByText('回复 2 次')).toBeTruthy()
  expect(screen.getByText(/退回整改，栏杆高度不足 1.2 m/)).toBeTruthy()
  expect(screen.getByText(/第 2 次回复：已补设防护栏杆/)).toBeTruthy()
})

const confirmed = { state: 'confirmed' as const, rounds: [round(null)] }

test('a review without any verdict is not sent; a return without a reason neither', async () => {
  const user = userEvent.setup()
  const asked = open(told(sampleNotice([['review', '审核整改']], [confirmed, confirmed])))
  await user.click(await screen.findByRole('button', { name: '审核整改' }))
  const form = await dialog()
  await user.click(form.getByRole('button', { name: '审核整改' }))
  expect((await form.findByRole('alert')).textContent).toBe('请至少对一项作出决定。')
  await user.click(form.getAllByText('退回整改')[0]!)
  await user.click(form.getByRole('button', { name: '审核整改' }))
  expect(await form.findByText('请写明退回理由')).toBeTruthy()
  expect(bodies(asked)).toEqual([])
})

test('what the server refuses of a review is said with the item, and the form stays open', async () => {
  const user = userEvent.setup()
  const view = sampleNotice([['review', '审核整改']], [confirmed, {}])
  const refusal = { kind: 'unmet', rule: 'visit_missing', detail: { items: ['三层临边防护缺失 12 m'] } }
  open({ ...told(view), [actLine]: { status: 422, refusal } })
  await user.click(await screen.findByRole('button', { name: '审核整改' }))
  const form = await dialog()
  await user.click(form.getByText('整改合格，闭合'))
  await user.click(form.getByRole('button', { name: '审核整改' }))
  expect((await form.findByRole('alert')).textContent).toContain(sentenceOf('visit_missing', refusal.detail))
})

test('accepting one item and returning another sends both verdicts, and nothing of what was left', async () => {
  const user = userEvent.setup()
  const view = sampleNotice([['review', '审核整改']], [confirmed, confirmed])
  const asked = open({ ...told(view), [actLine]: { reply: view } })
  await user.click(await screen.findByRole('button', { name: '审核整改' }))
  const form = await dialog()
  await user.click(form.getAllByText('整改合格，闭合')[0]!)
  await user.click(form.getAllByText('退回整改')[1]!)
  await user.type(await form.findByLabelText('退回理由'), '通道仍有钢管')
  await user.click(form.getByRole('button', { name: '审核整改' }))
  await waitFor(() => expect(bodies(asked)).toHaveLength(1))
  const items = [
    { itemId: itemIds[0], accept: true, reason: '' },
    { itemId: itemIds[1], accept: false, reason: '通道仍有钢管' },
  ]
  expect(bodies(asked)[0]).toMatchObject({ action: 'review', input: { items } })
  expect(rectificationContract.act.body.safeParse(bodies(asked)[0]).success).toBe(true)
})

test('closing an enlarged photograph inside a form does not send the form', async () => {
  // The pretended browser knows the dialog but cannot close it.
  const close = vi.fn()
  HTMLDialogElement.prototype.close = close
  const user = userEvent.setup()
  const asked = open(told(sampleNotice([['review', '审核整改']], [confirmed, {}])))
  await user.click(await screen.findByRole('button', { name: '审核整改' }))
  const form = await dialog()
  await user.click(form.getByText('整改合格，闭合'))
  await user.click(form.getAllByText('关闭')[0]!)
  expect(close).toHaveBeenCalledOnce()
  expect(bodies(asked)).toEqual([])
})

const standAt = (longitude: number, latitude: number) => {
  vi.stubGlobal('isSecureContext', true)
  const getCurrentPosition = (found: (at: unknown) => void) =>
    found({ coords: { longitude, latitude, accuracy: 12.3 } })
  Object.defineProperty(navigator, 'geolocation', { configurable: true, value: { getCurrentPosition } })
}

test('on the phone: an empty reply and a reply without a photograph are not sent', async () => {
  const user = userEvent.setup()
  const asked = open(told(sampleNotice([['reply', '提交整改回复']])), true)
  await user.click(await screen.findByRole('button', { name: '提交整改回复' }))
  const form = await dialog()
  await user.click(form.getByRole('button', { name: '提交整改回复' }))
  expect((await form.findByRole('alert')).textContent).toMatch(/^请至少回复一项/)
  await user.type(form.getByLabelText('三层临边防护缺失 12 m 整改情况'), '已补设')
  await user.click(form.getByRole('button', { name: '提交整改回复' }))
  expect(await form.findByText('请附整改后照片')).toBeTruthy()
  expect(bodies(asked)).toEqual([])
})

test('on the phone: one item is answered with a photograph that says where it was taken, the other waits', async () => {
  const user = userEvent.setup()
  const sent = takeUploads({ id: photoIds[1], name: 'after.jpg' })
  standAt(120.5, 30.2)
  const view = sampleNotice([['reply', '提交整改回复']])
  const asked = open({ ...told(view), [actLine]: { reply: view } }, true)
  await user.click(await screen.findByRole('button', { name: '提交整改回复' }))
  const form = await dialog()
  await user.type(form.getByLabelText('三层临边防护缺失 12 m 整改情况'), '已补设防护栏杆')
  await user.upload(form.getAllByLabelText('拍整改后照片')[0]!, new File(['x'], 'after.jpg', { type: 'image/jpeg' }))
  await form.findByRole('button', { name: '移除照片' })
  expect(Object.fromEntries(sent[0]!)).toMatchObject({ lon: '120.5', lat: '30.2', accuracy: '12' })
  await user.click(await form.findByRole('button', { name: /提交整改回复/ }))
  await waitFor(() => expect(bodies(asked)).toHaveLength(1))
  const items = [{ itemId: itemIds[0], text: '已补设防护栏杆', photos: [photoIds[1]] }]
  expect(bodies(asked)[0]!.input).toEqual({ items })
})

test('an electronic service asks for no hour and no outcome', async () => {
  const user = userEvent.setup()
  const view = sampleNotice([['serve', '送达']])
  const asked = open({ ...told(view), [actLine]: { reply: view } })
  await user.click(await screen.findByRole('button', { name: '送达' }))
  const form = await dialog()
  expect(form.queryByLabelText('送达时间')).toBeNull()
  await user.type(form.getByLabelText('受送达人'), '何秉')
  await user.type(form.getByLabelText('职务'), '项目经理')
  await user.click(form.getByRole('button', { name: '送达' }))
  await waitFor(() => expect(bodies(asked)).toHaveLength(1))
  expect(bodies(asked)[0]!.input).toMatchObject({ way: 'electronic', outcome: 'delivered', photos: [] })
  expect(rectificationContract.act.body.safeParse(bodies(asked)[0]).success).toBe(true)
})

test('amending sends every item with its id, photographs and place as they were', async () => {
  const user = userEvent.setup()
  const view = sampleNotice([['amend', '修改文书']])
  const asked = open({ ...told(view), [actLine]: { reply: view } })
  await user.click(await screen.findByRole('button', { name: '修改文书' }))
  const form = await dialog()
  await user.type(form.getAllByLabelText(/^期限/)[0]!, '5')
  await user.click(form.getByRole('button', { name: '修改文书' }))
  await waitFor(() => expect(bodies(asked)).toHaveLength(1))
  const [first, second] = (bodies(asked)[0]!.input as { items: object[] }).items
  expect(first).toMatchObject({ id: itemIds[0], days: 5, photos: [photoIds[0]], point: null })
  expect(second).toMatchObject({ id: itemIds[1], days: null, photos: [photoIds[0]] })
})
