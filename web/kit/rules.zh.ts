import { sayInstant } from '@plumbline/core/kit'
import { sayClause } from './clause.ts'

type Sentence = string | ((detail: unknown) => string)

const asObject = (detail: unknown): Record<string, unknown> =>
  typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {}

/** A named value of the detail as text; undefined when it is not there. */
const textIn = (detail: unknown, name: string): string | undefined => {
  const value = asObject(detail)[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** The names a refusal lists, 甲、乙、丙. */
const namesIn = (detail: unknown, name = 'items'): string => {
  const list = asObject(detail)[name]
  return Array.isArray(list) && list.length > 0 ? list.map(String).join('、') : '未指明'
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
  password_wrong: '原密码不对。',
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
  not_this_person: '此事须由指定的人员本人办理。',
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

  rule_code_unknown: '没有这一项规则，请从列表中选择。',
  rule_value_kind: '规则值的类型与原规则不一致。',
  rule_unit: '规则的单位与原规则不一致。',
  rule_period: '失效日期早于生效日期。',
  rule_clause_unknown: '没有找到所引用的条款。',
  rule_outside_county: '只能为本县颁行规则。',

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
  timer: '没有这件停止重试的到期事项，可能已经重新办理。',
  unmet: '条件不满足，不能办理。',
  held: sayHolds,
  clock_is_real: '本系统使用真实时钟，不能推动。',
  clock_only_forward: '时钟只能向前推动。',
  glyph_missing: (detail) => {
    const { characters } = asObject(detail)
    return `文书字库缺少这些字，不能打印：${Array.isArray(characters) ? characters.join(' ') : '未指明'}。`
  },

  // Devices and alarms
  mn_taken: '这个设备编号已经登记。',
  device_model_unknown: '没有这个设备型号，请从列表中选择。',
  device_not_actuator: '只有喷淋、雾炮可以远程启停和设置控制方式。',
  interlock_mode: '自动方式下不能设置联锁，请先由监督站改为联锁或者手动方式。',
  interlock_too_long: (detail) =>
    `联锁一次不得超过 ${textIn(detail, 'most') ?? '规定的'} 小时，到期仍需要的请再次设置。`,
  interlock_missing: '没有需要解除的联锁。',
  actuator_interlocked: (detail) => {
    const { until, by, reason } = asObject(detail)
    const end = typeof until === 'string' ? sayInstant(new Date(until)) : '到期'
    return `已由${typeof by === 'string' ? by : '现场人员'}联锁，${end} 前不得启动${typeof reason === 'string' ? `：${reason}` : ''}。停止不受限制。`
  },
  actuator_offline: '设备没有连线，不能启动。',
  actuator_pending: '这一路还有一条指令在等待设备回应，请稍候。',
  actuator_rest: (detail) => {
    const until = textIn(detail, 'until')
    return `刚刚启停过，${until ? sayInstant(new Date(until)) : '稍后'} 以后才能再次启动。停止不受限制。`
  },
  device_not_dust: '只有扬尘监测仪可以设置喷淋联动。',
  device_not_sprayer: '所选的设备不是本项目在用的喷淋控制器。',
  sprayer_unit_missing: '喷淋控制器没有这一路。',
  device_password_missing: '请填写通信密码，或者选择由平台生成。',
  device_address_missing: '这种设备由平台访问，请填写它的地址、端口和单元号。',
  device_limit_unknown: (detail) => `这个型号不测量 ${textIn(detail, 'quantity') ?? '所填的量'}，请从列表中选择。`,
  device_limit_empty: (detail) => `${textIn(detail, 'quantity') ?? '有一行'}没有填写任何限值，请填写或者删去这一行。`,
  device_keeper_unknown: '接手的人应当是在任的监督员或站长。',
  offline_until_past: '说明的截止日期已经过去，请另选日期。',
  offline_note_missing: '选择其他原因时请写明情况。',
  alarm_not_above: '数值没有超过限值，不构成报警。',
  alarm_red_not_shelved: '红色报警不能搁置。',
  alarm_shelved_too_long: (detail) => `搁置时间过长，最多 ${textIn(detail, 'most') ?? '24'} 小时。`,
  alarm_false_reason: '评价为误报时请说明理由。',
  alarm_measure_known: '这项措施已经记录。',
  roster_officer_unknown: '值班人员应当是在任的监督员。',

  // Water trucks
  dispatch: '没有找到这份洒水车调度单，或者不在您的管辖范围内。',
  dispatch_not_truck: '所选的设备不是在用的洒水车。',
  dispatch_truck_busy: '这辆洒水车已经派出，请等它完成或者另选一辆。',
  dispatch_alarm_other: '所据报警不属于这个项目。',
  dispatch_not_near: '车辆定位离工地还远，不能认定到场。',

  // Pour orders
  pour: '没有找到这份浇筑令，或者不在您的管辖范围内。',
  pour_project_not_building: '项目不在施工状态，不能申请或者开始浇筑。',
  pour_party_missing: '项目没有登记施工单位或者监理单位，请先补全项目信息。',
  pour_times_reversed: '计划结束时间应当晚于计划开始时间。',
  pour_device_unfit: (detail) => `只能选择本项目在用的高支模监测设备，不符合的：${namesIn(detail)}。`,
  pour_device_silent: (detail) => `监测设备没有实时数据，不能浇筑：${namesIn(detail)}。`,
  pour_alarm_open: (detail) => `红色报警尚未解除，不能浇筑：${namesIn(detail)}。`,
  pour_zone_running: (detail) => `同一区域已有浇筑没有结束：${namesIn(detail)}。`,
  pour_alarm_by_machine: '依据报警停止浇筑由系统自动办理；人工停止请写明理由。',

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

  // Inspection
  inspection_template_unknown: '没有这种检查表。',
  inspection_template_kind: '这种检查表不用于所选的检查类型。',
  inspection_officers_missing: (detail) =>
    `检查须由 ${textIn(detail, 'min') ?? '两'} 名以上监督员进行，请再选一名同行的监督员。`,
  inspection_officer_unknown: '所选的人员不是在册的监督员。',
  inspection_officer_uncertified: (detail) => `没有登记执法证件，不能参加检查：${namesIn(detail, 'names')}。`,
  inspection_units_missing: '项目还没有登记参建单位，请先补全项目信息。',
  inspection_project_ended: '项目已完工或终止监督，不能再开始检查。',
  inspection_in_future: '检查时间不能晚于现在。',
  inspection_table_unknown: '所选的检查评分表不在这个检查表中。',
  inspection_table_missing: '还没有选择检查评分表。',
  inspection_entry_twice: '同一项填写了两次，请刷新后再试。',
  inspection_finding_outside: (detail) =>
    `这些问题所属的检查表已被取消，请先删去问题或恢复检查表：${namesIn(detail)}。`,
  inspection_unit_unknown: '所选的单位不是本项目的参建单位，或者不是您的单位。',
  inspection_stale: (detail) =>
    `您修改的是第 ${textIn(detail, 'yours') ?? '?'} 版，${textIn(detail, 'by') ?? '他人'}已存为第 ${textIn(detail, 'current') ?? '?'} 版。您填写的内容仍在本页，请核对后再存。`,
  inspection_unanswered: (detail) => `还有必答项没有填写：${namesIn(detail)}。`,
  inspection_finding_missing: (detail) => `判为不符合的项目要写明问题：${namesIn(detail)}。`,
  inspection_finding_contradicts: (detail) => `写有问题的项目应判为不符合：${namesIn(detail)}。`,
  inspection_finding_text: (detail) => `请写明问题和依据：${namesIn(detail)}。`,
  inspection_deduction_missing: (detail) => `不符合的评分项要扣分：${namesIn(detail)}。`,
  inspection_photo_missing: (detail) => `严重和重大问题须有照片：${namesIn(detail)}。`,
  inspection_part_missing: '请填写检查部位。',
  inspection_cosign_missing: (detail) => `还有监督员没有确认：${namesIn(detail, 'names')}。`,
  inspection_signer_missing: '请填写签字人的姓名和职务。',
  inspection_signature_missing: '请先在框内签名。',
  inspection_signature_image: '签名图片须为 PNG。',
  inspection_content_changed: '记录内容在您查看之后有修改，请重新阅读后再签字。',
  inspection_ordered: '已依据本记录发出文书，不能再修改或作废。',
  inspection_not_signed: '检查记录还没有签字，不能据此发出文书。',
  plan_exists: '本项目这一年度已有监督计划。',
  plan_entry_twice: '同一条计划填写了两次，请刷新后再试。',
  check_item_unknown: '没有这个检查项目。',
  deduction_rule_unknown: '没有这条扣分标准。',
  deduction_rule_other_item: (detail) => `扣分标准与检查项目不符：${namesIn(detail)}。`,
  deduction_out_of_range: (detail) => `扣分不在标准规定的范围内：${namesIn(detail)}。`,
  deduction_count: (detail) => `扣分的处数或人数不对：${namesIn(detail)}。`,
  deduction_text_missing: (detail) => `自由裁量的扣分要写明理由：${namesIn(detail)}。`,
  deduction_over_item: (detail) => `扣分超过了本项剩余的分值：${namesIn(detail)}。`,

  // Rectification
  items_missing: '文书至少要有一个事项。',
  item_twice: '同一事项填写了两次，请刷新后再试。',
  item_unknown: '文书中没有这个事项，请刷新后再试。',
  item_not_with_unit: (detail) => `这些事项已经回复，不在整改单位处：${namesIn(detail)}。`,
  item_not_replied: (detail) => `这些事项不在等待监理复核：${namesIn(detail)}。`,
  item_not_confirmed: (detail) => `这些事项还没有回复或者监理还没有复核：${namesIn(detail)}。`,
  item_accepted: (detail) => `这些事项已经闭合：${namesIn(detail)}。`,
  item_still_open: (detail) => `这些事项还没有闭合，不必重新开启：${namesIn(detail)}。`,
  term_longer_than_law: (detail) => `整改期限超过了规定，确需延长的请在送达后办理延期：${namesIn(detail)}。`,
  two_officers_required: (detail) => `文书须由 ${textIn(detail, 'wanted') ?? '两'} 名以上监督员签发。`,
  certificate_missing: (detail) => `没有登记执法证件，不能签发：${namesIn(detail)}。`,
  scope_missing: '请写明停工的范围。',
  stop_terms_missing: '停工文书要写明停工期间的保护措施和复工条件。',
  finding_unknown: '检查记录中没有这个问题，请刷新后再试。',
  finding_of_other_unit: (detail) => `这些问题的责任单位不是本文书的单位：${namesIn(detail)}。`,
  finding_ordered: (detail) =>
    detail ? `已经对这些问题拟制或下达过文书：${namesIn(detail)}。` : '已有人对其中的问题拟制了文书，请刷新后再试。',
  finding_gone: (detail) => `检查记录修改后已没有这些问题，请修改文书：${namesIn(detail)}。`,
  found_in_future: '发现日期不能晚于今天。',
  officer_not_assigned: '所选的人员不是本项目指派的监督员。',
  unit_not_answerable: '责任单位须是本项目的建设、施工或者监理单位。',
  service_outcome: '送达方式与送达结果不符。',
  refusal_needs_note: '拒收的请写明经过和见证人。',
  service_in_future: '送达时间不能晚于现在。',
  service_before_issue: '送达时间不能早于签发时间。',
  already_acknowledged: '已经签收，或者不需要签收。',
  return_needs_reason: '退回的事项要写明理由。',
  visit_missing: (detail) => `这些事项要求现场复查，请先登记整改后的复查：${namesIn(detail)}。`,
  visit_in_future: '复查时间不能晚于现在。',
  visit_before_service: '复查时间不能早于送达时间。',
  photo_without_position: (detail) => `照片没有位置信息，不能作为现场复查的凭证：${namesIn(detail)}。`,
  photo_required: '请上传照片，不接受其他文件。',
  photo_same_as_before: (detail) => `整改后的照片与整改前的是同一张：${namesIn(detail)}。`,
  extension_not_later: '新的期限要晚于原来的期限，也要晚于今天。',
  resume_opinion_missing: '监理单位还没有同意复工的意见。',
  not_due: '还没有到办理的时间。',

  // Joint acceptance
  permit: '没有找到这份申请，或者不在您的管辖范围内。',
  project_not_building: '项目不在施工或完工状态，不能申请联合验收。',
  owner_missing: '项目没有登记建设单位，请先补全项目信息。',
  application_exists: '本项目已有联合验收申请。',
  material_twice: '同一项材料填写了两次，请合并后提交。',
  materials_missing: (detail) => `材料不齐，不能受理：${namesIn(detail)}。`,
  gaps_missing: '材料已经齐全；退回时请写明需要补正的内容。',

  // Enterprises, people, projects
  uscc_taken: '这个统一社会信用代码已经登记过。',
  org_unknown: '企业库中没有这个单位，或者它已注销。',
  group_cycle: '不能归入自己或者自己的下属单位。',
  no_group: '该单位没有归入集团。',
  person_known: '此人已经登记过。',
  person_unknown: '人员库中没有此人，或者已经移出。',
  person_has_posts: (detail) => `此人还有项目任职，不能移出：${namesIn(detail)}。`,
  project_code_taken: '项目库中已有这个项目编码。',
  town_unknown: '没有这个镇街，请先绘制镇街边界。',
  town_out_of_reach: '所属镇街不在您的管辖范围内。',
  town_outside_county: '镇街代码不属于本县。',
  town_in_use: '有项目的镇街不能从地图上移除。',
  point_outside_town: '位置不在所属镇街的范围内。',
  party_twice: '同一单位在同一角色下填写了两次。',
  post_twice: '同一人在同一岗位下填写了两次。',
  post_without_party: '岗位所在的单位不是相应的参建单位。',
  not_an_inspector: '所选人员不是在任的监督员。',
  officer_twice: '同一监督人员选择了两次。',
  one_lead_officer: '主办监督员应当有且只有一人。',
  supervisor_missing: '尚未指派监督人员，不能开工。',
  day_in_future: '日期不能晚于今天。',
  stopped_by_order: '项目因责令停工而停工，须由该文书办理复工。',
  already_stopped: '该文书已经责令停工。',
  import_not_xlsx: '请上传 XLSX 格式的导入表。',
  import_unreadable: '导入表无法读取，请用模板重新填写。',
  import_headings: (detail) => {
    const { missing } = asObject(detail)
    return `导入表缺少列：${Array.isArray(missing) ? missing.map(String).join('、') : '未指明'}。`
  },
  import_too_long: (detail) => `导入表的行数过多，每次最多 ${textIn(detail, 'most') ?? '五千'} 行。`,

  // Statistics and weather
  period_wrong: '起止日期不对：至少一天，最多四百天。',
  device_or_project: '请指定一个项目或者一台设备。',
  forecast_of_the_past: '这一天已经过去，不能再录入或更新预报。',
  forecast_exists: '这个地方这一天已有预报，请在原预报上更新。',
  forecast: '没有找到这份预报。',
  doubt: '没有找到这条数据疑点。',

  // Evidence log
  entry: '没有找到这条存证，或者不在您的管辖范围内。',
  entry_forgotten: '这条存证的内容已经依法删除，不能再出具证明。',
  entry_pending: '这条存证刚刚写入，检查点尚未签发，请稍后再下载。',
  tile: '日志中没有这个文件。',

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
