/** The words of the standard's tables, for the conversation view. */

/** Table 5, the systems met on construction sites. Devices for dust say 39 by the standard and often 22 in practice. */
export const systemNames: Readonly<Record<string, string>> = {
  '22': '空气质量监测',
  '23': '声环境质量监测',
  '36': '声环境污染源',
  '39': '工地扬尘污染源',
  '91': '系统交互',
}

/** Table 9. What HJ 212-2025 adds [V:S2b]: 1001, 1002, 1014, 2013, 2052, 3022, 9015. */
export const commandNames: Readonly<Record<string, string>> = {
  '1000': '设置超时时间及重发次数',
  '1001': '上传数采仪硬件序号',
  '1002': '设置设备编号',
  '1011': '提取或上传现场机时间',
  '1012': '设置现场机时间',
  '1013': '现场机时间校准请求',
  '1014': '获取或设置新密钥',
  '1061': '提取实时数据间隔',
  '1062': '设置实时数据间隔',
  '1063': '提取分钟数据间隔',
  '1064': '设置分钟数据间隔',
  '1072': '设置现场机密码',
  '2011': '实时数据',
  '2012': '停止察看实时数据',
  '2013': '原始监测数据',
  '2021': '设备运行状态',
  '2022': '停止察看设备运行状态',
  '2031': '日历史数据',
  '2041': '设备运行时间日历史数据',
  '2051': '分钟数据',
  '2052': '噪声单次测量数据',
  '2061': '小时数据',
  '2081': '数采仪开机时间',
  '3019': '设备唯一标识',
  '3020': '现场机信息',
  '3021': '设置现场机参数',
  '3022': '即时留样',
  '3901': '喷淋启停（本平台自定义）',
  '9011': '请求应答',
  '9012': '执行结果',
  '9013': '通知应答',
  '9014': '数据应答',
  '9015': '心跳',
}

/** Table 8. Only N may raise a limit alarm; D, B and F tell of the device. */
export const markNames: Readonly<Record<string, string>> = {
  N: '正常',
  F: '停运',
  M: '维护',
  S: '手工输入',
  D: '故障',
  C: '校准',
  T: '超测量上限',
  B: '与数采仪通讯异常',
}

/** QnRtn. */
export const requestReturns: Readonly<Record<number, string>> = {
  1: '准备执行请求',
  2: '请求被拒绝',
  3: 'PW错误',
  4: 'MN错误',
  5: 'ST错误',
  6: 'Flag错误',
  7: 'QN错误',
  8: 'CN错误',
  9: 'CRC错误',
  100: '未知错误',
}

/** ExeRtn. */
export const executionReturns: Readonly<Record<number, string>> = {
  1: '执行成功',
  2: '执行失败，原因不明',
  3: '命令请求条件错误',
  4: '通讯超时',
  5: '系统繁忙',
  6: '系统故障',
  100: '没有数据',
}
