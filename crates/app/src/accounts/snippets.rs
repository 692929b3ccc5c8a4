//! What to paste into a build so that it sends its SBOM here: the clients people already have,
//! which need nothing but our address and a token.
//!
//! The token itself stands in none of them: each says where its secret store is asked for it.

/// One client, and the text for its configuration.
pub struct Snippet {
    /// Also the key of its title: `snippet-<key>`.
    pub key: &'static str,
    pub text: String,
}

/// The snippets for this instance. `name` is the product's name as the upload sends it.
pub fn all(base_url: &str, name: &str) -> Vec<Snippet> {
    let (protocol, rest) = base_url.split_once("://").unwrap_or(("https", base_url));
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, port),
        _ => (rest, if protocol == "https" { "443" } else { "80" }),
    };
    vec![
        snippet("github", github(protocol, host, port, name)),
        snippet("gitlab", gitlab(base_url, name)),
        snippet("jenkins", jenkins(base_url, name)),
        snippet("maven", maven(base_url)),
        snippet("cdxgen", cdxgen(base_url, name)),
        snippet("curl", curl(base_url, name)),
        snippet("bonafide", bonafide(base_url, name)),
    ]
}

fn snippet(key: &'static str, text: String) -> Snippet {
    Snippet { key, text }
}

fn github(protocol: &str, host: &str, port: &str, name: &str) -> String {
    format!(
        "- uses: DependencyTrack/gh-upload-sbom@v3
  with:
    serverhostname: {host}
    port: {port}
    protocol: {protocol}
    apikey: ${{{{ secrets.BONAFIDE_TOKEN }}}}
    projectname: {name}
    projectversion: ${{{{ github.ref_name }}}}
    bomfilename: bom.json
    autocreate: true
"
    )
}

fn gitlab(base_url: &str, name: &str) -> String {
    format!(
        "upload-sbom:
  stage: deploy
  rules:
    - if: $CI_COMMIT_TAG
  script:
    - >
      curl --fail-with-body -sS -X POST {base_url}/api/v1/bom
      -H \"X-Api-Key: $BONAFIDE_TOKEN\"
      -F projectName={name} -F projectVersion=\"$CI_COMMIT_TAG\"
      -F autoCreate=true -F bom=@bom.json
"
    )
}

fn jenkins(base_url: &str, name: &str) -> String {
    format!(
        "withCredentials([string(credentialsId: 'bonafide-token', variable: 'TOKEN')]) {{
  dependencyTrackPublisher artifact: 'bom.json',
    projectName: '{name}', projectVersion: env.TAG_NAME,
    autoCreateProjects: true, synchronous: false,
    dependencyTrackUrl: '{base_url}', dependencyTrackApiKey: TOKEN
}}
"
    )
}

fn maven(base_url: &str) -> String {
    format!(
        "<plugin>
  <groupId>io.github.pmckeown</groupId>
  <artifactId>dependency-track-maven-plugin</artifactId>
  <configuration>
    <dependencyTrackBaseUrl>{base_url}</dependencyTrackBaseUrl>
    <apiKey>${{env.BONAFIDE_TOKEN}}</apiKey>
  </configuration>
</plugin>
<!-- mvn cyclonedx:makeBom dependency-track:upload-bom -->
"
    )
}

fn cdxgen(base_url: &str, name: &str) -> String {
    format!(
        "cdxgen -o bom.json --server-url {base_url} --api-key \"$BONAFIDE_TOKEN\" \\
  --project-name {name} --project-version 1.0.0
"
    )
}

fn curl(base_url: &str, name: &str) -> String {
    format!(
        "curl --fail-with-body -sS -X POST {base_url}/api/v1/bom \\
  -H \"X-Api-Key: $BONAFIDE_TOKEN\" \\
  -F projectName={name} -F projectVersion=1.0.0 -F autoCreate=true -F bom=@bom.json
"
    )
}

fn bonafide(base_url: &str, name: &str) -> String {
    format!(
        "# BONAFIDE_TOKEN is read from the environment
bonafide sbom push --server {base_url} --product {name} --version 1.0.0 --create bom.json
"
    )
}
