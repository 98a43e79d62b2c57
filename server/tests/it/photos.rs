//! Photos, without script: sent with the forms, seen by whom the rules name, hostile files refused in
//! words, taken down with a reason, and gone when they have to be.

mod by_card;
mod files;

use crate::{
    browser::{Answer, Browser},
    county::{CAPTAIN, County, RESIDENT, VOLUNTEER},
    house::HOST,
    reader::Reader,
};
use axum::{body::Body, http::header};
use domain::{clock::DAY, requests::Step};
use files::{bomb, jpeg, png};

const SUBMIT: &str = "/api/photos/submit";
const FINISH: &str = "/api/photos/finish";
const ADD: &str = "/api/photos/add";
const EDGE: &str = "----fifteen";

/// A form with files, as a browser sends it.
async fn sends(
    browser: &Browser<'_>,
    path: &str,
    accept: &str,
    fields: &[(&str, &str)],
    files: &[&[u8]],
) -> Answer {
    let mut body = vec![];
    for (name, value) in fields {
        let part = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    for file in files {
        let part = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\
             Content-Type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
    let request = browser
        .request("POST", path, accept)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .header(header::CONTENT_LENGTH, body.len())
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

/// Where a plain form with files leads.
async fn leads(
    reader: &Reader<'_>,
    path: &str,
    fields: &[(&str, &str)],
    files: &[&[u8]],
) -> String {
    let answer = sends(&reader.0, path, "text/html", fields, files).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("location").to_owned()
}

const KEY: &str = "7b8f8b6e-1f4f-4e7b-9f2a-0c5d1f0a9e01";

/// 佟大娘's leak as she types it.
fn leak<'a>(key: &'a str, phone: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", key),
        // The demo county has a leak in the same lane already.
        ("anyway", "true"),
        ("draft[category]", "repair"),
        ("draft[words]", "厨房漏水，看照片"),
        ("draft[urgency]", "normal"),
        ("draft[needed]", "1"),
        ("draft[phone]", phone),
    ]
}

/// The addresses of the pictures on a page, as they stand there.
fn pictures(html: &str) -> Vec<String> {
    let small = html.split("src=\"/photos/").skip(1).filter_map(|rest| rest.split('"').next());
    small.map(|rest| format!("/photos/{rest}")).collect()
}

async fn with_a_photo(county: &County) -> (String, String) {
    let granny = county.of(RESIDENT).await;
    let to = leads(&granny, SUBMIT, &leak(KEY, "15400009999"), &[&jpeg(200)]).await;
    let code = to.strip_prefix("/requests/").unwrap_or_else(|| panic!("{to}")).to_owned();
    let seen = granny.opens(&to).await;
    let picture =
        pictures(&seen.html).into_iter().next().unwrap_or_else(|| panic!("{}", seen.text()));
    (code, picture)
}

#[tokio::test]
async fn a_request_with_photos_is_filed_by_a_plain_form_and_shows_them_to_who_asks() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let (one, other) = (jpeg(10), png(64, 48, 250));

    let form = granny.opens("/requests/new").await;
    let to = leads(&granny, SUBMIT, &leak(KEY, "15400009999"), &[&one, &other, b""]).await;
    let seen = granny.opens(&to).await;

    assert!(form.html.contains("action=\"/api/photos/submit\""), "{}", form.html);
    assert!(form.html.contains("enctype=\"multipart/form-data\""));
    assert!(seen.says("厨房漏水，看照片") >= 1, "{}", seen.text());
    let shown = pictures(&seen.html);
    assert_eq!(shown.len(), 2, "{}", seen.html);
    for path in &shown {
        let small = granny.0.asks(path).await;
        let large = granny.0.asks(path.trim_end_matches("/small")).await;
        for answer in [&small, &large] {
            assert_eq!(
                (answer.status.as_u16(), answer.header("content-type")),
                (200, "image/jpeg")
            );
            assert_eq!(answer.header("cache-control"), "private, no-cache");
            assert!(answer.body.starts_with(b"\xff\xd8\xff"));
        }
        let tag = large.header("etag").to_owned();
        let again = granny.0.request("GET", path.trim_end_matches("/small"), "image/*");
        let again = again.header("if-none-match", tag).body(Body::empty()).unwrap();
        let again = granny.0.send(again).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_files_one_request_with_its_photos_once() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let photo = jpeg(10);

    let first = leads(&granny, SUBMIT, &leak(KEY, "15400009999"), &[&photo]).await;
    let second = leads(&granny, SUBMIT, &leak(KEY, "15400009999"), &[&photo]).await;

    assert_eq!(first, second);
    assert_eq!(pictures(&granny.opens(&first).await.html).len(), 1);
    assert!(pictures(&granny.opens("/requests/new").await.html).is_empty(), "nothing waits");
}

#[tokio::test]
async fn photos_wait_with_the_form_while_its_asker_is_asked_whether_it_is_the_same() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let mut fields = leak(KEY, "15400009999");
    fields.retain(|(name, _)| *name != "anyway");

    let asked = leads(&granny, SUBMIT, &fields, &[&jpeg(10)]).await;
    let waiting = granny.opens("/requests/new").await;
    let filed = granny.posts(&asked, "/api/alike/send", "").await;

    assert_eq!(asked, "/requests/new/alike");
    assert_eq!(pictures(&waiting.html).len(), 1, "it stands in the form to go back to");
    assert_eq!(pictures(&filed.html).len(), 1, "{}", filed.text());
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_words_and_good_photos_are_kept() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let good = jpeg(10);
    let unfit: [(&[u8], &str); 5] = [
        (b"%PDF-1.7 hello", "这不是照片，要 JPG、PNG 或 WebP"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "这不是照片"),
        (&good[..30], "照片坏了，打不开"),
        (&vec![0xff; (10 << 20) + 1], "照片太大，要 10 MB 以内"),
        (&bomb(), "照片尺寸太大"),
    ];
    for (file, words) in unfit {
        let to = leads(&granny, SUBMIT, &leak(KEY, "15400009999"), &[file, &good]).await;
        let seen = granny.opens(&to).await;

        assert!(to.starts_with("/requests/new?"), "{to}");
        assert!(seen.says(words) >= 1, "{words}: {}", seen.text());
        assert!(seen.markup().contains("id=\"photos-e\""), "at its field");
        assert!(seen.html.contains("厨房漏水，看照片"), "what was typed is kept");
        assert_eq!(pictures(&seen.markup()).len(), 1, "the good one is kept, once");
    }

    let short = leads(&granny, SUBMIT, &leak(KEY, "154"), &[]).await;
    let seen = granny.opens(&short).await;
    assert!(seen.says("手机号要 11 位") >= 1, "{}", seen.text());
    let kept = pictures(&seen.markup());
    let id = kept[0].split('/').nth(2).unwrap();
    let mut fields = leak(KEY, "15400009999");
    fields.push(("drop_photo", id));
    let other = jpeg(99);
    let to = leads(&granny, SUBMIT, &fields, &[&other]).await;
    let shown = pictures(&granny.opens(&to).await.markup());
    assert!(shown.len() == 1 && shown != kept, "{shown:?}");
}

#[tokio::test]
async fn a_fifth_photo_is_refused_in_words() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let five: Vec<_> = [1, 60, 120, 180, 240].map(jpeg).into();
    let five: Vec<&[u8]> = five.iter().map(Vec::as_slice).collect();

    let to = leads(&granny, SUBMIT, &leak(KEY, "15400009999"), &five).await;
    let seen = granny.opens(&to).await;

    assert!(seen.says("最多 4 张照片") >= 1, "{}", seen.text());
    assert_eq!(pictures(&seen.markup()).len(), 4);
}

#[tokio::test]
async fn a_form_that_is_damaged_far_too_large_or_from_a_stranger_breaks_nothing() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let nobody = county.nobody().await;
    let send = |kind: &'static str, length: Option<usize>, body: &'static [u8]| {
        let request = granny.0.request("POST", SUBMIT, "text/html").header("content-type", kind);
        let request = request.header("sec-fetch-site", "same-origin");
        let request = length.into_iter().fold(request, |it, n| it.header("content-length", n));
        granny.0.send(request.body(Body::from(body)).unwrap())
    };

    let no_edge = send("multipart/form-data", None, b"x").await;
    let cut = send("multipart/form-data; boundary=x", None, b"--x\r\nContent-Disp").await;
    let plain = send("application/x-www-form-urlencoded", None, b"key=1").await;
    let huge = send("multipart/form-data; boundary=x", Some(1 << 30), b"").await;
    let empty = leads(&granny, SUBMIT, &[], &[]).await;
    let no_code = leads(&granny, FINISH, &[("minutes[of-x]", "5")], &[&jpeg(1)]).await;
    let other_code = leads(&granny, ADD, &[("code", "../../evil")], &[&jpeg(1)]).await;
    let signed_out = leads(&nobody, SUBMIT, &leak(KEY, "15400009999"), &[&jpeg(3)]).await;

    for answer in [no_edge, cut, plain] {
        assert_eq!(answer.status, 303, "{answer:?}");
        assert!(answer.header("location").starts_with("/requests/new?"), "{answer:?}");
    }
    assert_eq!(huge.status, 413);
    assert!(huge.text().contains("10 MB"), "{}", huge.text());
    for to in [empty, no_code, other_code] {
        assert!(to.contains("__err=") && !to.contains("evil"), "{to}");
    }
    let seen = nobody.opens(&signed_out).await;
    assert!(seen.text().contains("登录"), "{}", seen.text());
}

#[tokio::test]
async fn the_script_is_told_where_to_go_and_sees_no_page() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;

    let good =
        sends(&granny.0, SUBMIT, "application/json", &leak(KEY, "15400009999"), &[&jpeg(1)]).await;
    let bad = sends(&granny.0, SUBMIT, "application/json", &leak(KEY, "154"), &[b"no"]).await;

    assert_eq!((good.status.as_u16(), bad.status.as_u16()), (200, 200));
    assert!(good.text().starts_with("{\"to\":\"/requests/"), "{}", good.text());
    assert!(bad.text().contains("/requests/new?"), "{}", bad.text());
}

#[tokio::test]
async fn neighbours_and_helpers_see_the_photos_and_strangers_neither_photos_nor_files() {
    let county = County::open().await;
    let (code, picture) = with_a_photo(&county).await;
    let page = format!("/requests/{code}");
    let zhai = county.of(VOLUNTEER).await;
    let far = county.before_a_browser(county.somebody_from_elsewhere().await).await;
    let nobody = county.nobody().await;

    // Before the captain has accepted it, it is not on the board.
    let early = zhai.0.asks(&picture).await.status;
    let captain = county.of(CAPTAIN).await;
    let by_captain = captain.0.asks(&picture).await.status;
    if captain.opens(&page).await.state() == "待受理" {
        county.makes(CAPTAIN, &code, Step::Accept).await;
    }

    assert!([200, 404].contains(&early.as_u16()));
    assert_eq!(by_captain, 200);
    assert_eq!(zhai.0.asks(&picture).await.status, 200);
    assert_eq!(pictures(&zhai.opens(&page).await.html).len(), 1);
    for reader in [&far, &nobody] {
        let seen = reader.opens(&page).await;
        assert_eq!(seen.status, 200, "the words are on the board");
        assert!(!seen.html.contains("/photos/"), "{}", seen.html);
        assert_eq!(reader.0.asks(&picture).await.status, 404);
        let all = reader.opens(&format!("{page}/photos")).await.status;
        assert!([401, 403].contains(&all.as_u16()), "{all}");
    }
    for path in
        ["/photos/x", "/photos/00000000-0000-0000-0000-000000000000", "/photos/..%2f..%2fetc"]
    {
        assert_eq!(zhai.0.asks(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_result_comes_with_the_word_that_it_is_done_and_stands_beside_the_need() {
    let county = County::open().await;
    let (code, _) = with_a_photo(&county).await;
    let page = format!("/requests/{code}");
    if county.of(CAPTAIN).await.opens(&page).await.state() == "待受理" {
        county.makes(CAPTAIN, &code, Step::Accept).await;
    }
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    county.makes(VOLUNTEER, &code, Step::Start).await;
    let zhai = county.of(VOLUNTEER).await;
    let minutes = format!("minutes[of-{}]", county.person(VOLUNTEER).0);
    let fields = [("code", code.as_str()), (minutes.as_str(), "35"), ("note", "换了接头")];

    let form = zhai.opens(&page).await;
    let refused = leads(&zhai, FINISH, &fields, &[b"not a photo"]).await;
    let seen = zhai.opens(&refused).await;
    let done = leads(&zhai, FINISH, &fields, &[&jpeg(77)]).await;
    let after = county.of(RESIDENT).await.opens(&page).await;

    assert!(form.html.contains("action=\"/api/photos/finish\""), "{}", form.html);
    assert!(seen.says("这不是照片") >= 1 && seen.html.contains("换了接头"), "{}", seen.text());
    assert_eq!(seen.state(), "服务中");
    assert_eq!(done, page);
    assert_eq!(after.state(), "待确认");
    assert!(after.html.contains("before-after"), "{}", after.html);
    assert!(after.says("之前") >= 1 && after.says("之后") >= 1);
    assert_eq!(pictures(&after.markup()).len(), 2);
}

#[tokio::test]
async fn the_asker_adds_a_photo_and_the_captain_takes_it_down_with_a_reason() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let (page, photos) = (format!("/requests/{code}"), format!("/requests/{code}/photos"));
    let granny = county.of(RESIDENT).await;
    let captain = county.of(CAPTAIN).await;

    let nothing = leads(&granny, ADD, &[("code", &code)], &[]).await;
    let nothing = granny.opens(&nothing).await;
    let to = leads(&granny, ADD, &[("code", &code)], &[&jpeg(5), &jpeg(95)]).await;
    let added = granny.opens(&to).await;
    let picture = pictures(&added.markup())[0].clone();
    let id = picture.split('/').nth(2).unwrap().to_owned();
    let drop = |more: &str| format!("code={code}&photo={id}&{more}");
    let unsaid = captain.posts(&photos, "/api/requests/drop_photo", &drop("note=门牌")).await;
    let helper = county.of(VOLUNTEER).await;
    let others = helper.posts(&photos, "/api/requests/drop_photo", &drop("reason=unrelated")).await;
    let gone = captain
        .posts(&photos, "/api/requests/drop_photo", &drop("reason=shows_somebody&note=门牌"))
        .await;
    let late = county.of(RESIDENT).await.opens(&page).await;

    assert!(nothing.says("先选照片") >= 1, "{}", nothing.text());
    assert_eq!(to, page);
    assert_eq!(pictures(&added.markup()).len(), 2);
    assert!(added.says("加了照片") >= 1, "{}", added.text());
    assert!(unsaid.was_refused() && unsaid.says("选一个原因") >= 1, "{}", unsaid.text());
    assert!(unsaid.markup().contains("门牌"), "what was typed is kept");
    assert!(others.was_refused(), "{}", others.text());
    assert_eq!(gone.location, photos);
    assert_eq!(pictures(&gone.markup()).len(), 1);
    assert_eq!(granny.0.asks(&picture).await.status, 404);
    assert!(late.says("撤下一张照片") >= 1, "{}", late.text());
    assert!(late.says("拍到了人脸、门牌或证件：门牌") >= 1, "{}", late.text());
    let told = granny.opens("/notices").await;
    assert!(told.says("有张照片撤下了") >= 1, "{}", told.text());
}

#[tokio::test]
async fn photos_are_in_the_copy_of_ones_data_and_go_thirty_days_after_the_end() {
    let county = County::open().await;
    let (code, picture) = with_a_photo(&county).await;
    let granny = county.of(RESIDENT).await;
    let zip = granny.post("/me/data", "/api/rights/copy", "").await;
    let told = String::from_utf8_lossy(&zip.body).into_owned();

    let withdraw = format!("code={code}&reason=no_longer_needed");
    granny.posts(&format!("/requests/{code}"), "/api/requests/withdraw", &withdraw).await;
    let before = granny.0.asks(&picture).await.status;
    let later = county.house.now() + 31 * DAY;
    store::retention::erase_photos(&county.house.db, later).await.unwrap();
    let left = store::requests::photos::leftovers(&county.house.db, later, 9).await.unwrap();

    assert!(told.contains(&format!("photos/001-{code}-need.jpg")), "{}", zip.body.len());
    assert_eq!((before.as_u16(), granny.0.asks(&picture).await.status.as_u16()), (200, 404));
    assert_eq!(left.len(), 1);
}
