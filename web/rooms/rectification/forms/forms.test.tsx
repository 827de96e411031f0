import type { NoticeItem } from '@plumbline/core/rectification'
import userEvent from '@testing-library/user-event'
import { test } from 'vitest'
import {
  drawPages,
  faultAt,
  fill,
  type Filling,
  inspectorSession,
  refuses,
  serve,
  takeUploads,
  type WrongInput,
} from '../../../kit/testing.tsx'
import { NoticePage } from '../NoticePage.tsx'
import { noticeId, photoIds, round, sampleNotice } from '../sample.ts'

const facts = Object.fromEntries(
  photoIds.map((id) => [`GET /files/${id}/facts`, { status: 404, refusal: { rule: 'file' } }]),
)
const reason =
  (label = '理由') =>
  (form: Filling) =>
    fill(form.getByLabelText(label), '略')
const standing = (state: NoticeItem['state'], countersigned = true): Partial<NoticeItem> => {
  const { reply, countersign } = round(null)
  return { state, rounds: [{ reply, countersign: countersigned ? countersign : null, review: null }] }
}
/** The second of two items is decided: the server then counts it as its first. */
const decides = (verdict: string) => async (form: Filling) => userEvent.click(form.getAllByText(verdict).at(-1)!)
const ticks = async (form: Filling, label = '理由') => {
  await userEvent.click(form.getAllByRole('checkbox')[0]!)
  await reason(label)(form)
}

const attach = (label: string, at: number) => async (form: Filling) => {
  const photo = new File(['x'], 'after.jpg', { type: 'image/jpeg' })
  await userEvent.upload(form.getAllByLabelText(label)[at]!, photo)
  await form.findByRole('button', { name: '移除照片' })
}

type Case = WrongInput & { action: string; items?: [Partial<NoticeItem>, Partial<NoticeItem>] }
const cases: Case[] = [
  { action: 'amend', opens: '修改文书', path: 'input.items.1.clause', field: '违反的条款' },
  { action: 'amend', opens: '修改文书', path: 'input.basis.0', field: '依据（每行一条，可不填）' },
  { action: 'discard', opens: '放弃拟稿', path: 'input.reason', field: '理由', fillIn: reason() },
  { action: 'withdraw', opens: '撤回', path: 'input.reason', field: '理由', fillIn: reason() },
  {
    ...{ action: 'serve', opens: '送达', path: 'input.recipient.post', field: '职务' },
    fillIn: async (form) => {
      await fill(form.getByLabelText('受送达人'), '何秉')
      await fill(form.getByLabelText('职务'), '经理')
    },
  },
  {
    ...{ action: 'countersign', opens: '监理复核', path: 'input.items.0.opinion', field: '复核意见（可不填）' },
    ...{ items: [standing('replied', false), standing('replied', false)], fillIn: decides('复核属实') },
  },
  {
    ...{ action: 'review', opens: '审核整改', path: 'input.items.0.reason', field: '审核意见（可不填）' },
    ...{ items: [standing('confirmed'), standing('confirmed')], fillIn: decides('整改合格，闭合') },
  },
  {
    ...{ action: 'reply', opens: '提交整改回复', path: 'input.items.0.text' },
    field: '安全通道堆放钢管 整改情况',
    fillIn: async (form) => {
      await fill(form.getByLabelText('安全通道堆放钢管 整改情况'), '已清')
      await attach('拍整改后照片', 1)(form)
    },
  },
  {
    ...{ action: 'extend', opens: '延长期限', path: 'input.to', field: '延长至（含当日）' },
    fillIn: async (form) => {
      await ticks(form)
      await fill(form.getByLabelText('延长至（含当日）'), '2026-12-01')
      await userEvent.keyboard('{Enter}')
    },
  },
  {
    ...{ action: 'visit', opens: '登记现场复查', path: 'input.note', field: '现场情况' },
    fillIn: async (form) => {
      await ticks(form, '现场情况')
      await userEvent.click(form.getByText('已整改到位'))
      await attach('拍照或选照片', 0)(form)
    },
  },
  { action: 'order_visit', opens: '要求现场复查', path: 'input.reason', field: '理由', fillIn: (form) => ticks(form) },
  {
    ...{ action: 'reopen', opens: '重新开启', path: 'input.reason', field: '理由' },
    ...{ items: [{ state: 'accepted' }, { state: 'accepted' }], fillIn: (form) => ticks(form) },
  },
  {
    ...{ action: 'recommend', opens: '签署复工意见', path: 'input.opinion', field: '意见说明' },
    fillIn: async (form) => {
      await userEvent.click(form.getByText('同意复工'))
      await reason('意见说明')(form)
    },
  },
  {
    ...{ action: 'resume', opens: '同意复工', path: 'input.conditions.0', field: '复工要求（每行一条，可不填）' },
    fillIn: reason('复查结论'),
  },
]

test.each(cases)('$opens, $path: what the server refuses stands at its field', async ({ action, items, ...input }) => {
  takeUploads({ id: photoIds[1], name: 'after.jpg' })
  serve({
    'GET /session': { reply: inspectorSession },
    ...facts,
    [`GET /rectifications/${noticeId}`]: { reply: sampleNotice([[action, input.opens]], items) },
    [`POST /rectifications/${noticeId}/acts`]: faultAt(input.path),
  })
  drawPages({ '/rectification/:id': <NoticePage /> }, `/rectification/${noticeId}`)
  await refuses(input)
})
