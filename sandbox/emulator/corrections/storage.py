"""Corrections of S3."""


def bucket_tags():
    """A bucket can be given its tags as it is made, as newer providers do. moto drops them."""
    import xmltodict
    from moto.s3.responses import S3Response

    put = S3Response._bucket_response_put

    def _bucket_response_put(self, request, bucket_name, querystring):
        answer = put(self, request, bucket_name, querystring)
        if self.data.get("Action") == "CreateBucket" and self.body:
            asked = xmltodict.parse(self.body, force_list=("Tag",)).get("CreateBucketConfiguration") or {}
            tags = (asked.get("Tags") or {}).get("Tag", [])
            if tags:
                self.backend.put_bucket_tagging(bucket_name, {each["Key"]: each.get("Value") or "" for each in tags})
        return answer

    S3Response._bucket_response_put = _bucket_response_put
