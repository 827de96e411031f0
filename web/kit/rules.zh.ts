import { sayClause } from './clause.ts'

type Sentence = string | ((detail: unknown) => string)

const asObject = (detail: unknown): Record<string, unknown> =>
  typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {}

/** A named value of the detail as text; undefined when it is not there. */
const textIn = (detail: unknown, name: string): string | undefined => {
  const value = asObject(detail)[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** Holds in the way, each by number or title, with its clause and item. */
const sayHolds = (detail: unknown): string => {
  const holds = Array.isArray(detail) ? detail : []
  const said = holds.map((hold) => {
    const paper = textIn(hold, 'number') ?? textIn(hold, 'title') ?? '未具文号的事项'
    const why = [sayClause(textIn(hold, 'clause')), textIn(hold, 'item')].filter(Boolean)
    return why.length ? `${paper}（${why.join('；')}）` : paper
  })
  return `已被锁定，不能办理${said.length ? `：${said.join('、')}` : ''}。`
}

/** One sentence for every rule the server refuses with; house tests hold the two lists together. */
export const rules: Record<string, Sentence> = {
  // Who is asking
  session_missing: '登录已失效，请重新登录。',
  sign_in_failed: '姓名或密码不对。',
  locked_out: (detail) => {
    const until = textIn(detail, 'until')
    return until ? `尝试次数过多，已暂停登录，${until} 后再试。` : '尝试次数过多，已暂停登录，请稍后再试。'
  },
  capacity: '您当前的职责不能办理此事。',
  permission: '您当前的职责没有这项权限。',
  forbidden: '您当前的职责没有这项权限。',
  reach: '此事不在您的管辖范围内。',
  not_assigned: '您不是本项目指派的监督员。',
  not_your_unit: '此事由其他单位办理。',
  foreign_page: '请求不是从本系统的页面发出的，已拒绝。',

  login_taken: '这个登录名已有人使用。',
  account_exists: '此人已有账号，一人一号。',
  capacity_not_appointable: '这项职责不能任命。',
  appointment_needs_district: '请选择管辖的镇街或全县。',
  appointment_needs_project: '请选择任职的单位和项目。',
  appointment_needs_org: '请选择任职的单位。',
  appointment_exists: '此人已有相同的任职。',
  appointment_not_in_force: '这项任职已经免去，或者不存在。',
  not_on_yourself: '不能对自己的账号办理此事。',
  not_empty: '系统已有管理员，请登录。',
  demo: '没有这位演示人员，或者本系统不是演示库。',

  // What is being done
  state: (detail) =>
    typeof detail === 'string' ? `此件现在是“${detail}”，不能这样办理。` : '此件的状态已经变化，请看最新情况后再办理。',
  action: '没有这样的办理事项。',
  request_id_reused: '这次操作已经提交过，内容与前次不同。请刷新后核对结果。',
  conflict: '此件刚被他人办理，请看最新情况后再办理。',
  missing: '没有找到，或者不在您的管辖范围内。',
  account: '没有找到这个账号。',
  appointment: '没有找到这项职责，可能已经终止。',
  case: '没有找到此件，或者不在您的管辖范围内。',
  subject: '没有找到所指的项目、单位或人员。',
  unmet: '条件不满足，不能办理。',
  held: sayHolds,
  clock_is_real: '本系统使用真实时钟，不能推动。',
  clock_only_forward: '时钟只能向前推动。',
  glyph_missing: (detail) => {
    const { characters } = asObject(detail)
    return `文书字库缺少这些字，不能打印：${Array.isArray(characters) ? characters.join(' ') : '未指明'}。`
  },

  // How it was asked
  malformed: '提交的内容有误，请检查后再试。',
  body: '填写的内容有误，请按提示修改。',
  params: '地址有误，请从列表重新进入。',
  query: '筛选条件有误，请修改后再查。',
  request: '请求有误，请刷新后再试。',
  cursor: '列表位置已失效，请从头再看。',
  body_too_large: '提交的内容过大。',
  media_type: '提交的格式不对，请刷新后再试。',
  too_many: '操作过于频繁，请稍后再试。',

  // Files
  file_empty: '文件是空的。',
  file_too_big: '文件过大，请压缩后再上传。',
  file_type_unknown: '无法识别的文件类型。',
  file_type_not_allowed: '不接受这种文件。可上传照片（JPEG、PNG、WebP）、PDF 和 XLSX。',
  file_polyglot: '文件里夹带了其他内容，已拒绝。如为动态照片，请关闭“动态照片”后重拍。',
  file: '没有找到这个文件，或者不在您的管辖范围内。',
  thumb: '这个文件没有缩略图。',
  file_missing: '文件不存在，或者已经移走。',
  one_file_at_a_time: '一次只能上传一个文件。',
  image_too_large: '图片的像素过多，请缩小后再上传。',
  image_animated: '不接受动图，请上传静态照片。',
  image_broken: '图片已损坏，无法打开。',
  pdf_broken: 'PDF 已损坏，无法打开。',
  pdf_unreadable: 'PDF 的内部结构无法识别，请重新导出后上传。',
  pdf_encrypted: 'PDF 已加密，请去除密码后上传。',
  pdf_active: 'PDF 中含有脚本或自动动作，已拒绝。',
  xlsx_broken: '表格文件已损坏，无法打开。',
  xlsx_active: '表格中含有宏、加密或嵌入的文件，已拒绝。请另存为普通 XLSX 后上传。',
  sheet_too_large: '表格过大，最多 10 万行、512 列。',
  archive_bomb: '文件解开后过大，已拒绝。',

  // Our own end
  internal: '系统出现故障，已经记录。请稍后再试。',
  network: '网络不通，请检查网络后重试。',
  reply_unreadable: '服务器的答复无法识别，可能页面版本过旧，请刷新。',
}

/** The sentence a person reads for a refusal. An unknown key says so, with the key, so that it can be reported. */
export function sentenceOf(rule: string, detail?: unknown): string {
  const sentence = Object.hasOwn(rules, rule) ? rules[rule] : undefined
  if (sentence === undefined) return `系统没有说明原因（${rule}）`
  return typeof sentence === 'string' ? sentence : sentence(detail)
}

/** The same for a whole refusal: what is missing is named by its room, and all of them mean the same to the reader. */
export const sentenceFor = ({ kind, rule, detail }: { kind: string; rule: string; detail: unknown }): string =>
  kind === 'missing' && !Object.hasOwn(rules, rule) ? sentenceOf('missing') : sentenceOf(rule, detail)
