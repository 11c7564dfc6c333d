//! What a form sends.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

/// Most fields of a form.
const FIELDS: usize = 200;

/// The fields of a form, or of the query of an address.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads fields; `None` where there are too many, or what nobody types is in them.
    pub fn parse(bytes: &[u8]) -> Option<Form> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(bytes)
            .take(FIELDS + 1)
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        let sound = fields.len() <= FIELDS && !fields.iter().any(|(_, value)| value.contains(['\0', '\u{fffd}']));
        sound.then_some(Form(fields))
    }

    /// The value of a field, as it was typed; empty where there is none.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// A form with these fields.
    pub fn of(fields: Vec<(String, String)>) -> Form {
        Form(fields)
    }

    /// Whether the form has a field, be it empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// All values of a field that stands there several times.
    pub fn every(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a field, without blanks around it.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).trim().to_owned()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Form, Response> {
        let bytes =
            Bytes::from_request(request, state).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
        Form::parse(&bytes).ok_or_else(|| StatusCode::BAD_REQUEST.into_response())
    }
}
