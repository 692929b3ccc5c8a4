//! Mails arrive as they were meant, and nothing in them can become a header.

use bonafide::config::{Config, Flags, Smtp};
use bonafide::mail::{Mail, Mailer};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

fn config(folder: &tempfile::TempDir) -> Config {
    let flags = Flags {
        data: Some(folder.path().to_owned()),
        ..Flags::default()
    };
    let env = |name: &str| {
        (name == "BONAFIDE_MAIL_FROM").then(|| "Bonafide <bonafide@muster.example>".to_owned())
    };
    Config::load(&flags, &env).unwrap()
}

fn mail() -> Mail {
    Mail {
        to: "Kim Muster <kim@muster.example>".into(),
        subject: "Frühwarnung fällig".into(),
        text: "Erste Zeile\nhttps://bonafide.test/cases/case_1\n.\nnach einem Punkt\n".into(),
        message_id: "dlv_018f".into(),
    }
}

/// The head of a message, line by line, unfolded.
fn head(message: &str) -> Vec<String> {
    let head = message.split("\r\n\r\n").next().unwrap();
    head.replace("\r\n ", " ")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

fn written(folder: &tempfile::TempDir) -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir(folder.path().join("mail"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

#[tokio::test]
async fn without_a_mail_server_a_mail_is_one_file_however_often_it_is_sent() {
    let folder = tempfile::TempDir::new().unwrap();
    let mailer = Mailer::of(&config(&folder)).unwrap();
    mailer.send(&mail()).await.unwrap();
    mailer.send(&mail()).await.unwrap();
    let files = written(&folder);
    assert_eq!(files.len(), 1);
    let head = head(&files[0]);
    assert!(
        head.contains(&"Message-ID: <dlv_018f@muster.example>".to_owned()),
        "{head:?}"
    );
    assert!(
        head.contains(&"Auto-Submitted: auto-generated".to_owned()),
        "{head:?}"
    );
    assert!(
        head.iter()
            .any(|line| line.starts_with("Subject: =?utf-8?")),
        "{head:?}"
    );
}

#[tokio::test]
async fn nothing_in_a_mail_becomes_a_header() {
    let hostile = [
        "a\r\nBcc: evil@evil.example",
        "a\nBcc: evil@evil.example",
        "a\rBcc: evil@evil.example",
        "a\0Bcc: evil@evil.example",
        "a\u{85}Bcc: evil@evil.example",
        "a\u{2028}Bcc: evil@evil.example",
        "a\r\n\r\nBcc: evil@evil.example",
        "a\r\n Bcc: evil@evil.example",
        "=?utf-8?Q?a=0D=0ABcc:_evil@evil.example?=",
    ];
    for text in hostile {
        let folder = tempfile::TempDir::new().unwrap();
        let mailer = Mailer::of(&config(&folder)).unwrap();
        let sent = Mail {
            subject: text.into(),
            message_id: text.into(),
            text: format!("{text}\n"),
            ..mail()
        };
        mailer.send(&sent).await.unwrap();
        let files = written(&folder);
        let names: Vec<String> = head(&files[0])
            .iter()
            .map(|line| line.split(':').next().unwrap().to_lowercase())
            .collect();
        assert_eq!(names.len(), 9, "{text:?}: {names:?}");
        assert!(!names.contains(&"bcc".to_owned()), "{text:?}: {names:?}");
        let recipient = Mail {
            to: format!("kim@muster.example{text}"),
            ..mail()
        };
        assert!(
            mailer.send(&recipient).await.is_err(),
            "{text:?} as a recipient"
        );
    }
}

#[tokio::test]
async fn a_mail_goes_through_a_mail_server() {
    let (port, heard) = smtp_server().await;
    let folder = tempfile::TempDir::new().unwrap();
    let mut config = config(&folder);
    config.smtp = Some(Smtp {
        host: "127.0.0.1".into(),
        port,
        user: None,
        password_file: None,
        password: None,
        security: "none".into(),
    });
    let mailer = Mailer::of(&config).unwrap();
    let answer = mailer.deliver(&mail()).await.unwrap();
    assert!(answer.starts_with("250"), "{answer}");
    let heard = heard.lock().unwrap().clone();
    assert!(
        heard.contains("MAIL FROM:<bonafide@muster.example>"),
        "{heard}"
    );
    assert!(heard.contains("RCPT TO:<kim@muster.example>"), "{heard}");
    assert!(
        heard.contains("\r\n..\r\nnach einem Punkt"),
        "a dot alone ends nothing: {heard}"
    );
}

#[test]
fn a_password_never_crosses_the_network_in_the_clear() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut config = config(&folder);
    config.smtp = Some(Smtp {
        host: "mail.muster.example".into(),
        port: 25,
        user: Some("bonafide".into()),
        password_file: None,
        password: Some(bonafide::config::Secret::new("hush-hush")),
        security: "none".into(),
    });
    let error = format!("{:#}", Mailer::of(&config).err().unwrap());
    assert!(error.contains("in the clear"), "{error}");
    assert!(!error.contains("hush-hush"), "{error}");
    assert!(!format!("{config:?}").contains("hush-hush"));
}

/// A mail server that takes one connection's mails; its port, and what it heard.
async fn smtp_server() -> (u16, Arc<Mutex<String>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(String::new()));
    let hears = heard.clone();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let (reader, mut writer) = socket.into_split();
        let mut lines = BufReader::new(reader);
        writer.write_all(b"220 test\r\n").await.unwrap();
        let mut in_data = false;
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            hears.lock().unwrap().push_str(&line);
            let answer = match line.trim_end() {
                "." if in_data => {
                    in_data = false;
                    "250 kept as 4711\r\n"
                }
                _ if in_data => continue,
                "DATA" => {
                    in_data = true;
                    "354 go on\r\n"
                }
                "QUIT" => "221 bye\r\n",
                _ => "250 ok\r\n",
            };
            writer.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (port, heard)
}
