import { expect, test } from 'vitest';
import { maskText } from './masking.ts';

test.each([
  ['请打13800138000联系', '请打[电话已隐去]联系', 'mobile'],
  ['电话 138 0013 8000', '电话 [电话已隐去]', 'spaced'],
  ['座机0731-88888888无人接', '座机[电话已隐去]无人接', 'land line'],
  ['身份证11010519491231002X', '身份证[证件号已隐去]', 'checksum holds'],
  ['卡号6222021234567890127被扣', '卡号6222021234567890127被扣', 'Luhn does not hold: it may be an order number'],
  ['卡号4111 1111 1111 1111被扣', '卡号[卡号已隐去]被扣', 'Luhn holds'],
  ['邮箱 zhang.san@example.com 。', '邮箱 [邮箱已隐去] 。', 'mail'],
  ['湘A12345 逆行', '[车牌已隐去] 逆行', 'plate'],
  ['转自@城东居民老李 的帖子', '转自[账号已隐去] 的帖子', 'handle'],
  ['微信号:abc12345', '[账号已隐去]', 'account'],
  [
    '工单号202607130001,第2026号文件,12345热线',
    '工单号202607130001,第2026号文件,12345热线',
    'numbers that are no person',
  ],
  ['A市A3区停水3天', 'A市A3区停水3天', 'places stay'],
])('%s → %s (%s)', (text, masked) => expect(maskText(text).text).toBe(masked));

test('what was masked is counted and not kept', () => {
  expect(maskText('13800138000、13900139000').counts).toEqual({ phone: 2 });
});
