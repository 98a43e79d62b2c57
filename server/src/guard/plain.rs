//! Pages for when nothing else works: two languages, no script, no style, no details.

use axum::{
    body::{Body, HttpBody},
    http::{HeaderValue, StatusCode, header::CONTENT_LENGTH, header::CONTENT_TYPE},
    response::Response,
};

/// Gives words to an answer of the guards. An answer with words of its own keeps them.
pub async fn in_words(mut response: Response) -> Response {
    let Some((zh, en)) = words(response.status()) else { return response };
    if response.body().size_hint().exact() != Some(0) {
        return response;
    }
    say(&mut response, zh, en);
    response
}

/// A list that is larger than a list may be.
pub fn list_too_large(mb: u64) -> Response {
    let mut response = super::status(StatusCode::PAYLOAD_TOO_LARGE);
    let (zh, en) = (format!("表格太大，最多 {mb} MB。"), format!("Too large: at most {mb} MB."));
    say(&mut response, &zh, &en);
    response
}

/// Photos that are larger together than they may be.
pub fn photos_too_large() -> Response {
    let mut response = super::status(StatusCode::PAYLOAD_TOO_LARGE);
    say(
        &mut response,
        "照片太大，一张 10 MB 以内。退回去换小一点的，或者少传几张。",
        "The photos are too large: up to 10 MB each. Go back and choose smaller or fewer ones.",
    );
    response
}

fn say(response: &mut Response, zh: &str, en: &str) {
    let page = format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>十五米</title>\
         <h1>{zh}</h1><p lang=\"en\">{en}</p><p><a href=\"/\">回首页 Home</a></p></html>\n"
    );
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.remove(CONTENT_LENGTH);
    *response.body_mut() = Body::from(page);
}

fn words(status: StatusCode) -> Option<(&'static str, &'static str)> {
    Some(match status {
        StatusCode::BAD_REQUEST => {
            ("没收全，请再试一次。", "The form did not arrive whole. Please try again.")
        }
        StatusCode::FORBIDDEN => (
            "这个请求来自别的网站，没有办理。",
            "This came from another website and was not carried out.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => ("这里不能这样提交。", "That cannot be done here."),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("内容太大，最多 1 MB。", "Too large: at most 1 MB can be sent.")
        }
        StatusCode::TOO_MANY_REQUESTS => (
            "这一小时试得太多了，请过一会儿再来。",
            "Too often within this hour. Please come back later.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => {
            ("现在太忙，请过一会儿再试。", "Too busy right now. Please try again in a while.")
        }
        StatusCode::INTERNAL_SERVER_ERROR => {
            ("我们这边出错了，请再试一次。", "Something broke on our side. Please try again.")
        }
        _ => return None,
    })
}
