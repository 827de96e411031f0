import type { CorrectionNotice, InspectionRecord, Papers, ResumeOrder, StopOrder } from './papers.ts'

/** Papers for the tests of printing: fictitious people and units, long and short text. */

const officers = [
  { name: '田启明', certNo: '33112100012' },
  { name: '周若楠', certNo: '33112100027' },
]

const served = {
  authority: '青禾县住房和城乡建设局',
  issuedOn: '2026-11-20',
  qr: { url: 'https://example.org/v/8f2c61d0a4b94c1e', text: '扫码核验本文书。编号与内容以平台记录为准。' },
  addressee: '浙江恒岳建设有限公司',
  role: '施工单位',
  project: {
    name: '青禾县第三人民医院迁建工程（一期）',
    address: '青禾县鹤溪街道东山路与医院路交叉口',
    permitNo: '331121202603150101',
  },
  inspectedOn: '2026-11-20',
  inspectors: officers,
  cc: ['青禾县卫生健康事务中心（建设单位）', '丽水正衡工程监理有限公司（监理单位）'],
}

export const notice: CorrectionNotice = {
  ...served,
  number: '青建监改〔2026〕0015号',
  basis: ['《建设工程安全生产管理条例》第四十三条'],
  items: [
    {
      fact: '3号楼十二层临边洞口未设置防护栏杆，作业人员未系安全带',
      clause: 'JGJ 80-2016 第4.1.1条',
      demand: '设置两道防护栏杆及挡脚板，经监理单位验收后方可作业',
      deadline: '立即',
    },
    {
      fact: '塔式起重机（产权编号 浙K-T00231）附着装置第三道螺栓松动，未见当月检查记录',
      clause: 'JGJ 196-2010 第3.4.12条',
      demand: '停止使用，紧固并由检测单位复检',
      deadline: '2026-11-23 18:00',
    },
    {
      fact: '施工现场裸土未覆盖，面积约 600 平方米',
      clause: '《大气污染防治法》第六十九条',
      demand: '全部覆盖防尘网',
      deadline: '2026-11-27 18:00',
    },
  ],
  ladder: { yellow: 7, red: 15 },
  reply: '登录监督平台，在本通知书页面逐项填写整改情况并上传整改后照片，经总监理工程师签署意见后提交',
}

export const stop: StopOrder = {
  ...served,
  number: '青建监停〔2026〕0003号',
  extent: 'part',
  scope: '3号楼全部临边、洞口及高处作业；塔式起重机（浙K-T00231）',
  basis: ['《建设工程安全生产管理条例》第四十三条第四项'],
  items: notice.items.slice(0, 2).map(({ fact, clause }) => ({ fact, clause })),
  effectiveAt: '2026-11-20 16:30',
  protection: ['切断塔式起重机电源并上锁', '撤出3号楼高处作业人员', '洞口临时封闭并设置警示标志'],
  resumeWhen: ['临边防护经监理单位验收合格', '塔式起重机经检测单位复检合格', '作业人员重新交底'],
  remedy: '如不服本决定，可以自收到本通知书之日起依法申请行政复议或者提起行政诉讼',
}

export const resume: ResumeOrder = {
  ...served,
  number: '青建监复〔2026〕0002号',
  stop: { title: '局部停工通知书', number: '青建监停〔2026〕0003号', issuedOn: '2026-11-20', scope: stop.scope },
  inspectedOn: '2026-11-25',
  issuedOn: '2026-11-25',
  conclusion: '临边防护和塔式起重机附着装置已整改完毕，符合要求',
  supervision: { unit: '丽水正衡工程监理有限公司', person: '陈堃', opinion: '已复核，同意复工' },
  effectiveAt: '2026-11-26 07:00',
  conditions: ['每日开工前检查附着装置并留存记录'],
}

export const record: InspectionRecord = {
  authority: served.authority,
  number: '青建监查〔2026〕0087号',
  issuedOn: '2026-11-20',
  qr: served.qr,
  project: {
    ...served.project,
    code: '2603-331121-04-01-112233',
    superviseNo: '青建监登〔2026〕018号',
    progress: '主体结构十二层',
    units: [
      { role: '建设单位', name: '青禾县卫生健康事务中心' },
      { role: '施工单位', name: '浙江恒岳建设有限公司' },
      { role: '监理单位', name: '丽水正衡工程监理有限公司' },
    ],
  },
  startedAt: '2026-11-20 09:10',
  endedAt: '2026-11-20 11:40',
  weather: '多云，12 ℃，东北风 3 级',
  kind: '双随机',
  part: '3号楼十至十二层',
  attendees: [
    { unit: '浙江恒岳建设有限公司', name: '王一龑', role: '项目经理' },
    { unit: '丽水正衡工程监理有限公司', name: '陈堃', role: '总监理工程师' },
  ],
  sheets: [
    { name: '高处作业检查评分表', full: '100', score: '72', note: '临边防护扣 18 分' },
    { name: '塔式起重机检查评分表', full: '90', score: '68', note: '缺项 10 分，换算后 75.6 分' },
  ],
  total: { full: '100', score: '73.8', note: '按权重换算' },
  tests: [
    {
      item: '板厚',
      place: '十层 ③~④轴/B~C轴',
      clause: 'GB 50204-2015 第8.3.2条',
      design: '120 mm',
      tolerance: '+10，-5 mm',
      readings: ['121', '118', '113', '124', '120'],
      instrument: 'LB-07',
      passed: 4,
      rate: '80.0%',
    },
  ],
  findings: [
    {
      description: notice.items[0]!.fact,
      clause: notice.items[0]!.clause,
      level: '严重',
      unit: '浙江恒岳建设有限公司',
      person: '王一龑',
      points: '2',
    },
    {
      description: notice.items[1]!.fact,
      clause: notice.items[1]!.clause,
      level: '重大',
      unit: '浙江恒岳建设有限公司',
    },
  ],
  measures: ['口头', '整改', '停工', '记分', '处罚'].map((name) => ({
    name,
    chosen: name === '整改' || name === '停工',
  })),
  opinion: '对第1、2项下达责令改正通知书，对塔式起重机下达局部停工通知书',
  inspectors: officers.map((officer) => ({ ...officer, signedAt: '2026-11-20 11:52' })),
  parties: [
    { unit: '浙江恒岳建设有限公司', name: '王一龑', role: '项目经理', signedAt: '2026-11-20 11:55' },
    { unit: '丽水正衡工程监理有限公司', name: '陈堃', role: '总监理工程师', refused: '对第2项有异议' },
  ],
  digest: '9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab',
}

export const samples: Papers = {
  'correction-notice': notice,
  'stop-order': stop,
  'resume-order': resume,
  'inspection-record': record,
}
