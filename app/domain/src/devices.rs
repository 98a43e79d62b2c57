//! A coarse name of the device behind a session: enough to recognise one's own, nothing to be
//! followed by. The rest of what a browser says about itself is not kept.

/// The system and the browser: `Android · WeChat`. Empty when neither is known.
pub fn name(user_agent: &str) -> String {
    // The order matters: an Edge says that it is a Chrome, and every Chrome that it is a Safari.
    const SYSTEMS: [(&str, &str); 8] = [
        ("HarmonyOS", "HarmonyOS"),
        ("OpenHarmony", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    const BROWSERS: [(&str, &str); 12] = [
        ("MicroMessenger", "WeChat"),
        ("AlipayClient", "Alipay"),
        ("DingTalk", "DingTalk"),
        ("HuaweiBrowser", "Huawei"),
        ("MiuiBrowser", "Xiaomi"),
        ("UCBrowser", "UC"),
        ("QQBrowser", "QQ"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    let of = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let parts = [of(&SYSTEMS), of(&BROWSERS)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "Mozilla/5.0 (Linux; Android 13; V2284A) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.47",
        "Android · WeChat"
    )]
    #[case(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1",
        "iPhone · Safari"
    )]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0",
        "Windows · Edge"
    )]
    #[case(
        "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
        "Linux · Firefox"
    )]
    #[case("curl/8.0", "")]
    #[case("", "")]
    fn a_device_is_named_by_system_and_browser(#[case] agent: &str, #[case] called: &str) {
        assert_eq!(name(agent), called);
    }

    #[test]
    fn nothing_that_a_browser_says_is_repeated() {
        assert_eq!(name("<script>Android</script>; serial 123"), "Android");
    }
}
