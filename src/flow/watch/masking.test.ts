import { expect, test } from 'vitest';
import { maskText } from './masking.ts';
import { cleanUrl } from './masking-links.ts';

test.each([
  ['请打13800138000联系', '请打[电话已隐去]联系', 'mobile'],
  ['电话 138 0013 8000', '电话 [电话已隐去]', 'spaced'],
  ['座机0731-88888888无人接', '座机[电话已隐去]无人接', 'land line'],
  ['身份证11010519491231002X', '身份证[证件号已隐去]', 'checksum holds'],
  ['订单6222021234567890127未发货', '订单6222021234567890127未发货', 'Luhn does not hold: an order number'],
  ['卡号6222021234567890127被扣', '卡号[卡号已隐去]被扣', 'Luhn does not hold, but it is called a card'],
  ['卡号4111 1111 1111 1111被扣', '卡号[卡号已隐去]被扣', 'Luhn holds'],
  ['请打１３８００１３８０００', '请打[电话已隐去]', 'full-width digits'],
  ['请打138\u200b0013\u200b8000', '请打[电话已隐去]', 'marks that nobody sees'],
  ['请打138.0013.8000', '请打[电话已隐去]', 'dots between'],
  ['请打1 3 8 0 0 1 3 8 0 0 0', '请打[电话已隐去]', 'digit by digit'],
  ['一三八零零一三八零零零', '[电话已隐去]', 'written out'],
  ['+86 138 0013 8000', '[电话已隐去]', 'from abroad'],
  ['(0731)88888888转602', '[电话已隐去]', 'area code in brackets, extension'],
  ['电话:8822345', '电话:[电话已隐去]', 'a local number that is called one'],
  ['投诉电话12345、12315,客服4008001234', '投诉电话12345、12315,客服4008001234', 'lines of the house'],
  ['身份证号 110105 19491231 002X', '身份证号 [证件号已隐去]', 'spaced'],
  ['身份证110105491231002', '身份证[证件号已隐去]', 'the old form'],
  ['护照号:E12345678', '护照号:[证件号已隐去]', 'passport'],
  ['学号:2021034567', '学号:[证件号已隐去]', 'student number'],
  ['信用代码91430100MA4L16JQ9B', '信用代码91430100MA4L16JQ9B', 'a company is no person'],
  ['家庭住址:城东小区3栋2单元801,反映漏水', '家庭住址:[住址已隐去],反映漏水', 'home'],
  ['城东小区3栋2单元漏水', '城东小区3栋2单元漏水', 'the place of the matter stays'],
  ['昵称:夜雨声烦', '昵称:[账号已隐去]', 'nickname'],
  ['抖音号:laowang_88', '抖音号:[账号已隐去]', 'account'],
  ['网友“小雨点”说', '网友[账号已隐去]说', 'a nickname in quotes'],
  ['微信小程序打不开', '微信小程序打不开', 'a word of the matter'],
  ['（记者 张三 通讯员 李四）', '（记者 [姓名已隐去] 通讯员 [姓名已隐去]）', 'byline'],
  ['责任编辑：王小二', '责任编辑：[署名已隐去]', 'editor'],
  ['文/图 记者 刘洋', '文/图 记者 [姓名已隐去]', 'words and pictures'],
  ['审核：市住建局', '审核：市住建局', 'an organisation signs'],
  ['By John Smith\nWater was cut off.', 'By [署名已隐去]\nWater was cut off.', 'English byline'],
  ['局长张伟表示会整改', '局长张伟表示会整改', 'who speaks for an office'],
  ['张先生说停水了', '张先生说停水了', 'no name yet'],
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

test.each([
  // address, what is left, why
  [
    'https://weibo.com/1234567890/Nabc12345?type=comment',
    'https://m.weibo.cn/detail/Nabc12345',
    'a post without its writer',
  ],
  ['https://x.com/some_body/status/17788', 'https://x.com/i/status/17788', 'a post without its writer'],
  [
    'https://www.xiaohongshu.com/user/profile/5ff0e6410000000001008400/64a1b2c3d4e5f60718293a4b',
    'https://www.xiaohongshu.com/explore/64a1b2c3d4e5f60718293a4b',
    'a note without its writer',
  ],
  [
    'https://forum.example.cn/thread.php?id=5&uid=7788&from_user=laowang',
    'https://forum.example.cn/thread.php?id=5',
    'accounts in parameters',
  ],
  ['https://forum.example.cn/u/laowang', undefined, 'only a person'],
  ['https://forum.example.cn/home.php?mod=space&uid=7788', undefined, 'only a person'],
  ['https://forum.example.cn/@laowang', undefined, 'only a person'],
  ['https://laowang:geheim@forum.example.cn/t/5', 'https://forum.example.cn/t/5', 'a sign-in in the address'],
  [
    'https://society.example.cn/people/2026/0501/c1.html',
    'https://society.example.cn/people/2026/0501/c1.html',
    'a column of a paper',
  ],
  ['https://example.cn/a/1.html?id=88', 'https://example.cn/a/1.html?id=88', 'as it was'],
  ['no address', undefined, 'nothing'],
] as readonly (readonly [string, string | undefined, string])[])('%s → %s (%s)', (address, left) =>
  expect(cleanUrl(address)).toBe(left),
);

test('a link in a text is cleaned where it stands', () => {
  expect(maskText('见 https://weibo.com/1234567890/Nabc12345，谢谢').text).toBe(
    '见 https://m.weibo.cn/detail/Nabc12345，谢谢',
  );
  expect(maskText('他的主页https://weibo.com/u/1234567890').text).toBe('他的主页[链接已隐去]');
});

test('what was masked is counted and not kept', () => {
  expect(maskText('13800138000、13900139000').counts).toEqual({ phone: 2 });
});
