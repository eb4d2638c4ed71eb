/** The surnames of about 97 % of people in China, and what a given name does not hold. */
export const DOUBLE_SURNAMES = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 长孙 宇文 南宫 端木 百里 呼延 轩辕 独孤 申屠 澹台 公冶 太史 闻人 赫连 钟离 濮阳 淳于 鲜于 闾丘'.split(
    ' ',
  ),
);
export const SINGLE_SURNAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江侯尹薛阎闫雷段龙史陶贺顾毛郝龚邵万覃武钱戴严莫孔向常汤康易乔赖文牛樊葛邢安齐庞伍倪温柴凌祝季屈翟焦聂芦俞宁关古骆盛卓蒲蓝包裴符涂辛米游耿麦欧岑华甘项尚管沙穆喻童柳鲍左尤霍解宫卞岳冉苗阮兰费纪舒殷祁詹闵梅房卫师邬冷靳谈滕应褚储屠宓瞿阳佘佟邸薄谷荣郎臧娄隋冀巩桑仇粟丘揭占栾仲狄巫褚楚樊甄曲车连萧肖闻从党艾危商丛'.split(
    '',
  ),
);
/** Particles, pronouns, words of place and number: where one follows a surname, no name does. */
export const NOT_GIVEN = new Set(
  '的了是在和与及或也都就而被把从对这那哪个些们我你他她它吗呢吧啊说称道讲问答年月日时分秒号楼栋室层元亿千百第某等中上下内外前后左右间面边处所局院校厂站店街路区县市省镇乡村组委会员人者家门车房屋电费钱事况题办理不没有无已将能可应该要让请到去来给为因由但又还再很更最只单各每该本此其自之以用做出进回过收付停买卖住租被叫使向比跟同比、'.split(
    '',
  ),
);
